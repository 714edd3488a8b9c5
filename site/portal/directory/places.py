"""The tree of places in which the directory has entries: for the index of names and for the choice of a place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from portal.core.models import Division
from portal.directory.models import DirectoryEntry

#: A level of the official codes that is no place: the districts of a municipality stand below the municipality itself.
NO_PLACE = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place, the code of the place above it in this tree (empty at the top), and the entries within it."""

    division: Division
    above: str
    depth: int
    entries: int


def tree_of(entries: QuerySet[DirectoryEntry]) -> list[PlaceCount]:
    """The places of `entries` with all places above them, parents first; two queries."""
    within: Counter[str] = Counter()
    for code, number in entries.order_by().values_list("division__code").annotate(number=Count("pk")):
        for each in (code, *codes_above(code)):
            within[each] += number
    known = {place.code: place for place in Division.objects.filter(code__in=within) if place.name not in NO_PLACE}
    tree: dict[str, PlaceCount] = {}
    for code in sorted(known):
        above = next((each for each in codes_above(code) if each in known), "")
        depth = tree[above].depth + 1 if above else 0
        tree[code] = PlaceCount(known[code], above, depth, within[code])
    return list(tree.values())


def codes_above(code: str) -> Iterator[str]:
    """The codes of the places above, nearest first: 120101001 → 120101, 120100, 120000."""
    if len(code) > 9:
        yield code[:9]
    if len(code) > 6:
        yield code[:6]
    for above in (f"{code[:4]}00", f"{code[:2]}0000"):
        if above != code and not (len(code) == 6 and code.endswith("0000")):
            yield above
