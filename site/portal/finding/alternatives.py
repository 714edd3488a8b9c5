"""What is offered where nothing was found: fewer conditions with what each would give, and titles that sound alike."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from portal.finding.asking import LABELS, Asked
from search.finding import find, suggest
from search.normal import normal
from search.pinyin import spoken
from search.query import ListingQuery, Sort, Suggestion

MOST_BROADER = 4
MOST_GUESSES = 5


@dataclass(frozen=True, slots=True)
class Broader:
    """A wider question: in words, its address, how many it finds."""

    label: str
    url: str
    count: int


def broader(asked: Asked) -> list[Broader]:
    """The same words with one condition less, or with none; only what finds something, the most first."""
    query = asked.query
    found = []
    names = [name for name in query.chosen if query.chosen[name]]
    for name in names[:MOST_BROADER]:
        rest = {other: values for other, values in query.chosen.items() if other != name}
        label = _("不限“%(label)s”") % {"label": LABELS[name]}
        found.append(Broader(label, asked.without(name), _total(replace(query, chosen=rest))))
    if query.since or query.until:
        wider = replace(query, since=None, until=None)
        found.append(Broader(_("不限日子"), asked.having(since="", until=""), _total(wider)))
    if len(found) > 1 and not any(each.count for each in found):
        bare = replace(query, chosen={}, since=None, until=None)
        none = dict.fromkeys((*names, "since", "until"), "")
        found.append(Broader(_("只按搜索词，不加条件"), asked.having(**none), _total(bare)))
    return sorted((each for each in found if each.count), key=lambda each: -each.count)


def everywhere(asked: Asked) -> int:
    """How many the same question finds on all sites."""
    chosen = {name: values for name, values in asked.query.chosen.items() if name != "site"}
    return _total(replace(asked.query, tenants=None, chosen=chosen))


def guesses(text: str, *, tenant_id: int | None, now: dt.datetime) -> list[Suggestion]:
    """Titles that the words may have meant: those that sound the same, then those that begin like them."""
    found: dict[str, Suggestion] = {}
    for typed in dict.fromkeys(_tries(text)):
        for each in suggest(typed, tenant_id=tenant_id, now=now, limit=MOST_GUESSES):
            found.setdefault(each.url, each)
        if found:
            break
    return list(found.values())[:MOST_GUESSES]


def _tries(text: str) -> Iterator[str]:
    plain = "".join(character for character in normal(text) if character.isalnum())[:12]
    if not plain:
        return
    yield plain
    sounds = spoken(plain)
    yield "".join(sounds)
    for length in range(min(len(plain) - 1, 4), 1, -1):
        yield plain[:length]
        yield "".join(sounds[:length])


def _total(query: ListingQuery) -> int:
    """Counted without loosening the words twice over; one row is read, which nobody sees."""
    found = find(replace(query, offset=0, limit=1, with_facets=False, explain=False, sort=Sort.NEWEST))
    return found.total
