"""Where a site's readers live: its own divisions on a site, the official ones on the platform."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q

from portal.core.models import Division
from search.documents import prefix_of
from search.query import Near
from tenants.divisions import divisions, find_division

HEADING = "市辖区"
"""A level of the codes that nobody lives under the name of."""
_WITH_HEADINGS = frozenset({"11", "12", "31", "50"})
#: Of the names that hold what was typed.
MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A division; `above` names those that hold it, the nearest last; `has_more`: others lie within."""

    code: str
    name: str
    above: str = ""
    has_more: bool = False

    @property
    def prefix(self) -> str:
        return prefix_of(self.code)


class Ground(Protocol):
    """The divisions of a host."""

    @property
    def root(self) -> str:
        """The prefix of everything within; empty on the platform."""

    def names(self, prefixes: Iterable[str]) -> dict[str, str]:
        """What places are called, by prefix."""

    def located(self, near: Near) -> tuple[str, Near] | None:
        """The name of the reader's division, and where that is with its neighbours; None when nobody knows it."""

    def path(self, code: str) -> Sequence[Place]:
        """The division and those above it within the site, highest first; empty when nobody knows it."""

    def within(self, code: str) -> Sequence[Place]:
        """The divisions right below one; below the site itself for an empty code."""

    def called(self, words: str) -> Sequence[Place]:
        """Divisions whose name holds the words."""


def above(prefix: str) -> str:
    """The prefix of the place that holds this one, headings left out; empty for a province."""
    length = {4: 2, 6: 4, 9: 6, 12: 9}.get(len(prefix), 0)
    found = prefix[:length]
    return found[:2] if is_heading(found) else found


def is_heading(prefix: str) -> bool:
    """Whether this is 市辖区 or 县 of a city that is a province."""
    return len(prefix) == 4 and prefix[:2] in _WITH_HEADINGS


def code_of(prefix: str) -> str:
    """The division that a prefix stands for: 120000 for 12."""
    return prefix.ljust(6, "0")


def ground_of(tenant: Any) -> Ground:
    """The ground of the host that is asked; `tenant` is that of the request."""
    return OfficialGround() if tenant.schema_name == "public" else SiteGround(prefix_of(tenant.division_code))


@dataclass(frozen=True, slots=True)
class SiteGround:
    """The divisions of the current site, with its streets and communities; one query for each answer."""

    root: str

    def names(self, prefixes: Iterable[str]) -> dict[str, str]:
        codes = [code_of(prefix) for prefix in prefixes]
        return {
            prefix_of(code): name for code, name in Division.objects.filter(code__in=codes).values_list("code", "name")
        }

    def located(self, near: Near) -> tuple[str, Near] | None:
        rows = list(Division.objects.filter(code=near.division_code).values_list("name", "neighbours__code"))
        if not rows:
            return None
        beside = tuple(code for _name, code in rows if code)
        return rows[0][0], Near(
            division_code=near.division_code, neighbours=beside, latitude=near.latitude, longitude=near.longitude
        )

    def path(self, code: str) -> Sequence[Place]:
        codes, prefix = [], prefix_of(code)
        while prefix and prefix != self.root:
            codes.append(code_of(prefix))
            prefix = above(prefix)
        found = Division.objects.filter(code__in=codes).order_by("code") if codes else []
        places = [Place(each.code, each.name) for each in found]
        return places if places and places[-1].code == code else []

    def within(self, code: str) -> Sequence[Place]:
        top = code or code_of(self.root)
        below = Q(parent__code=top) | Q(parent__name=HEADING, parent__parent__code=top)
        more = Exists(Division.objects.filter(parent=OuterRef("pk")))
        rows = Division.objects.filter(below).exclude(name=HEADING).order_by("code").values_list("code", "name", more)
        return [Place(code, name, has_more=has_more) for code, name, has_more in rows]

    def called(self, words: str) -> Sequence[Place]:
        known = Division.objects.filter(name__contains=words).exclude(name=HEADING).exclude(code=code_of(self.root))
        more = Exists(Division.objects.filter(parent=OuterRef("pk")))
        rows = known.order_by("code").values_list("code", "name", "parent__name", more)[:MOST_FOUND]
        return [Place(code, name, _no_heading(parent), has_more) for code, name, parent, has_more in rows]


@dataclass(frozen=True, slots=True)
class OfficialGround:
    """The official codes that come with the project, down to the street; no query."""

    root: str = ""

    def names(self, prefixes: Iterable[str]) -> dict[str, str]:
        found = {prefix: find_division(code_of(prefix)) for prefix in prefixes}
        return {prefix: place.name for prefix, place in found.items() if place}

    def located(self, near: Near) -> tuple[str, Near] | None:
        place = find_division(near.division_code)
        return (place.full_name, near) if place else None

    def path(self, code: str) -> Sequence[Place]:
        place = find_division(code)
        if place is None:
            return []
        chain = [place, *place.ancestors()]
        return [Place(each.code, each.name) for each in reversed(chain) if each.name != HEADING]

    def within(self, code: str) -> Sequence[Place]:
        found: list[Place] = []
        for each in divisions().values():
            if each.parent == code:
                found += self.within(each.code) if each.name == HEADING else [_official(each)]
        return found

    def called(self, words: str) -> Sequence[Place]:
        found = (each for each in divisions().values() if words in each.name and each.name != HEADING)
        return [_official(each) for each, _ in zip(found, range(MOST_FOUND), strict=False)]


def _official(place: Any) -> Place:
    return Place(place.code, place.name, place.full_name.removesuffix(place.name), place.level != "street")


def _no_heading(name: str | None) -> str:
    return "" if name in {None, HEADING} else str(name)
