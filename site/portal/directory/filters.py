"""The directory as the address asks for it: a place, a kind, words."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.facets import unread
from portal.core.models import Division
from portal.directory import queries
from portal.directory.enums import EntryKind
from portal.directory.models import DirectoryEntry
from portal.directory.places import PlaceCount
from portal.finding.words import Words, WordsField, words_of

PER_PAGE = 50
#: On one sheet for the printer; more is no paper any more but an export.
PRINTED = 2000
INDENT = "\u3000"


class EntryFilter(forms.Form):
    """What a visitor may ask; a value that is none of these is taken as not asked."""

    q = WordsField(label=_("名称、街道或事情"), required=False)
    division = forms.ChoiceField(label=_("区划"), required=False)
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *EntryKind.choices])

    mark_optional = False

    def __init__(self, *args: Any, places: list[PlaceCount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = [
            ("", _("全部区划")),
            *((row.division.code, f"{INDENT * row.depth}{row.division.name}（{row.entries}）") for row in places),
        ]


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions that hold, and the entries that fulfil them."""

    form: EntryFilter
    places: list[PlaceCount]
    place: Division | None
    words: Words
    entries: Any

    @property
    def is_narrowed(self) -> bool:
        return bool(self.form.cleaned_data.get("q") or self.form.cleaned_data.get("kind") or self.place)


def ask(params: QueryDict) -> Asked:
    """Read the conditions; two queries, and none for the entries yet."""
    places = queries.places_with_entries()
    form = EntryFilter(params, places=places)
    form.is_valid()
    given = form.cleaned_data
    place = next((row.division for row in places if row.division.code == given.get("division")), None)
    words = words_of("entry", given.get("q", ""))
    entries = queries.find_entries(place=place, kind=given.get("kind", ""), words=words)
    return Asked(form, places, place, words, entries)


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """The entries of one place, as one table."""

    division: Division
    entries: list[DirectoryEntry]


def list_context(params: QueryDict) -> dict[str, Any]:
    """What the list shows."""
    asked = ask(params)
    whole = params.get("page") == "all"
    rows = Paginator(asked.entries, PRINTED if whole else PER_PAGE).get_page(1 if whole else params.get("page"))
    groups = [PlaceGroup(place, list(found)) for place, found in groupby(rows.object_list, key=lambda e: e.division)]
    today = timezone.localdate()
    query = params.copy()
    query.pop("page", None)
    return {
        "form": asked.form,
        "place": asked.place,
        "path": _path(asked),
        "below": _below(asked),
        "responsible": queries.responsible_for(asked.place),
        "rows": rows,
        "groups": groups,
        "total": rows.paginator.count,
        "words": asked.words,
        "ignored": unread(asked.form),
        "is_narrowed": asked.is_narrowed,
        "stale_before": queries.stale_before(today),
        "today": today,
        "query": query.urlencode(),
    }


def _path(asked: Asked) -> list[PlaceCount]:
    """The places above the chosen one, highest first, without the tenant's own."""
    known = {row.division.code: row for row in asked.places}
    found: list[PlaceCount] = []
    row = known.get(asked.place.code) if asked.place else None
    while row is not None and row.above:
        row = known[row.above]
        if row.above:
            found.insert(0, row)
    return found


def _below(asked: Asked) -> list[PlaceCount]:
    """The places one step below the chosen one; where there are none, those beside it."""
    top = next((row for row in asked.places if not row.above), None)
    code = asked.place.code if asked.place else top.division.code if top else ""
    below = [row for row in asked.places if row.above == code]
    if below or asked.place is None:
        return below
    above = next((row.above for row in asked.places if row.division.code == code), "")
    return [row for row in asked.places if above and row.above == above]
