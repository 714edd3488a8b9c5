"""The divisions among which a visitor chooses: one level down from the site, and around what is chosen."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Q, QuerySet

from portal.core.models import Division
from portal.projects.filters import prefix_of
from tenants.reads import Given, OneOf, Read


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the choice; `depth` counts from the site's own division."""

    code: str
    name: str
    depth: int

    @property
    def prefix(self) -> str:
        return prefix_of(self.code)


def places_around(chosen: str) -> list[Place]:
    """Children of the site's division, of `chosen` and of all above it, in the order of their codes; one query."""
    above_it = [chosen[:2] + "0000", chosen[:4] + "00", chosen[:6], chosen[:9], chosen]
    path = [*dict.fromkeys(above_it)] if chosen.isdecimal() else []  # PostgreSQL refuses a NUL
    rows = _PLACES(path=path)
    places: list[Place] = []
    above: list[str] = []
    for code, name in rows:
        while above and not code.startswith(above[-1]):
            above.pop()
        places.append(Place(code, name, len(above)))
        above.append(prefix_of(code))
    return places


def _under_the_site() -> Q:
    top = Q(parent__isnull=False, parent__parent=None)
    through_heading = Q(parent__name="市辖区", parent__parent__parent=None)
    return top | through_heading


_CODES = ArrayField(CharField())


def _places() -> QuerySet[Division]:
    listed = Division.objects.filter(_under_the_site() | Q(OneOf(F("parent__code"), Given("path", _CODES))))
    # 市辖区 is a heading of the statistics, not a place.
    return listed.exclude(name="市辖区").order_by("code").values_list("code", "name")


_PLACES = Read(_places)
