"""The tree of places in which the directory has entries: for the index of names and for the choice of a place."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F

from portal.core.models import Division
from tenants.reads import Given, OneOf, Read

#: A level of the official codes that is no place: the districts of a municipality stand below the municipality itself.
NO_PLACE = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place, the code of the place above it in this tree (empty at the top), and the entries within it."""

    division: Division
    above: str
    depth: int
    entries: int


_CODES = ArrayField(CharField())
_PLACES = Read(lambda: Division.objects.filter(OneOf(F("code"), Given("codes", _CODES))))


def tree_of(numbers: Iterable[tuple[str, int]]) -> list[PlaceCount]:
    """The places by whose codes entries are numbered, with all places above them, parents first; one query."""
    within: Counter[str] = Counter()
    for code, number in numbers:
        for each in (code, *codes_above(code)):
            within[each] += number
    known = {place.code: place for place in _PLACES(codes=list(within)) if place.name not in NO_PLACE}
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
