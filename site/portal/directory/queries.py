"""Reads of the contact directory. Drafts never leave it."""

import datetime as dt

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from portal.core import queries as core
from portal.core.models import Division
from portal.directory.enums import RESPONSIBLE, EntryKind
from portal.directory.models import DirectoryEntry
from portal.directory.places import PlaceCount, codes_above, tree_of
from portal.finding.words import Words
from tenants.reads import Read


def published_entries() -> QuerySet[DirectoryEntry]:
    """What the public may see, place by place, the body that answers for a place first."""
    ranks = [When(kind=kind, then=Value(rank)) for rank, kind in enumerate(EntryKind.values)]
    found = DirectoryEntry.objects.filter(live=True).select_related("division")
    return found.order_by("division__code", Case(*ranks, output_field=IntegerField()), "name", "pk")


def find_entries(
    *,
    place: Division | None = None,
    kind: str = "",
    words: Words | None = None,
    entries: QuerySet[DirectoryEntry] | None = None,
) -> QuerySet[DirectoryEntry]:
    """Published entries within `place`, of one kind, that the site's search finds for the words."""
    found = published_entries() if entries is None else entries
    if place is not None:
        found = found.filter(division__code__startswith=place.prefix)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(words.within()) if words else found


_NUMBERS = Read(lambda: published_entries().order_by().values_list("division__code").annotate(number=Count("pk")))


def places_with_entries() -> list[PlaceCount]:
    """Every place that has published entries in or below it, as a tree in the order of codes; two queries."""
    return tree_of(_NUMBERS())


def entries_by_division(within: Division | None = None) -> list[PlaceCount]:
    """The places directly below `within` (or below the tenant itself) that have entries; two queries."""
    tree = places_with_entries()
    top = within.code if within else next((row.division.code for row in tree if row.above == ""), "")
    return [row for row in tree if row.above == top]


def responsible_for(place: Division | None) -> DirectoryEntry | None:
    """The body that answers for `place`: its own, else the nearest above; without a place the tenant's."""
    found = published_entries().filter(kind__in=RESPONSIBLE)
    if place is None:
        return found.annotate(depth=Length("division__code")).order_by("depth", "division__code", "kind", "pk").first()
    codes = [place.code, *codes_above(place.code)]
    near = {entry.division.code: entry for entry in found.filter(division__code__in=codes).order_by("-kind", "-pk")}
    return next((near[code] for code in codes if code in near), None)


def stale_before(today: dt.date) -> dt.date:
    """Entries last checked before this day have to be checked again; the months are the tenant's own."""
    return months_before(today, core.rules().directory_check_months)


def entries_to_check(entries: QuerySet[DirectoryEntry], *, today: dt.date) -> QuerySet[DirectoryEntry]:
    """Those of `entries` that were not checked in time, longest ago first."""
    return entries.filter(last_checked__lt=stale_before(today)).order_by("last_checked", "pk")


def months_before(date: dt.date, months: int) -> dt.date:
    """The same day `months` earlier, or the last day of a shorter month."""
    month = date.year * 12 + date.month - 1 - months
    year, index = divmod(month, 12)
    first_of_next = dt.date(year + (index == 11), (index + 1) % 12 + 1, 1)
    return dt.date(year, index + 1, min(date.day, (first_of_next - dt.timedelta(days=1)).day))
