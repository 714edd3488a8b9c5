"""The words of a list that has conditions and an order of its own: what was typed, and in which things it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.finding.settings_of_search import searching_here
from search.analysis import Synonyms
from search.keys import matching
from search.plan import asked_units, is_sentence
from search.query import LONGEST


@dataclass(frozen=True, slots=True)
class Words:
    """`keys` are those of the things in which `text` stands, None where it asks for nothing.

    `cut_line` says that not all of it was read, `loose_line` that not all of it was found together.
    """

    text: str = ""
    keys: Sequence[str] | None = None
    cut_line: str = ""
    loose_line: str = ""

    def within(self, field: str = "pk") -> Q:
        """The condition of a list, by the field that holds the key of the thing."""
        # An empty list would be no query at all, where counts of nothing are still wanted.
        return Q() if self.keys is None else Q(**{f"{field}__in": self.keys or ["0"]})


def words_of(kind: str, typed: str) -> Words:
    """What the current site's own search finds of a kind for the words of its list.

    For `/projects/`, `/ventures/`, `/stories/` and `/directory/`. Two queries, and one for each time that fewer words
    are asked for; none where nothing is typed.
    """
    text, cut_line = readable(typed)
    if not text:
        return Words()
    here = searching_here()
    found = matching(
        kind, text, tenant_id=connection.tenant.pk, now=timezone.now(), synonyms=here.synonyms
    )  # fmt: skip
    if found is None:
        return Words(text, None, cut_line)
    return Words(text, found.sources, cut_line, _some_words(text, here.synonyms) if found.is_loose else "")


def readable(typed: str) -> tuple[str, str]:
    """What was typed, without what no keyboard types, and a sentence that says where it was too long."""
    text = " ".join("".join(each for each in typed if each.isprintable() or each.isspace()).split())
    if len(text) <= LONGEST:
        return text, ""
    return text[:LONGEST], _("搜索词太长，只用了前%(number)s个字。") % {"number": LONGEST}


def by_sense() -> str:
    """Said above what a whole sentence found."""
    return _("按整句话的意思找，含有其中要紧的词的都在下面。")


def named(text: str, synonyms: Synonyms) -> str:
    """“独居”、“送餐”: the things that are asked for."""
    return "、".join(f"“{unit.text}”" for unit in asked_units(text, synonyms))


def _some_words(text: str, synonyms: Synonyms) -> str:
    if is_sentence(asked_units(text, synonyms)):
        return by_sense()
    return _("没有含有全部这些词的：%(words)s。下面是含有其中一部分的。") % {"words": named(text, synonyms)}


class WordsField(forms.CharField):
    """Nothing that is typed for a search is wrong; what cannot be read of it is left out and said on the page."""

    def to_python(self, value: Any) -> str:
        return str(value or "").replace("\x00", "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """More than this is not read."""
        return {**super().widget_attrs(widget), "maxlength": str(LONGEST)}
