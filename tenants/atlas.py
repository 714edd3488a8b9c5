"""What the platform's front page shows: every place that has a site, and those that have none yet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Prefetch
from django.utils.translation import gettext

from tenants.addresses import site_url
from tenants.divisions import Division, divisions
from tenants.enums import TenantState
from tenants.models import Domain, Tenant

UNNAMED = "市辖区"
"""A level of the codes that no one lives under the name of: 和平区 is 天津市's."""

# GB/T 2260 prefix → the one character by which a province is known.
_PLATES = """
11京 12津 13冀 14晋 15蒙 21辽 22吉 23黑 31沪 32苏 33浙 34皖 35闽 36赣 37鲁 41豫 42鄂 43湘 44粤 45桂 46琼
50渝 51川 52贵 53云 54藏 61陕 62甘 63青 64宁 65新
"""
PLATES = {pair[:2]: pair[2:] for pair in _PLATES.split()}


@dataclass(slots=True)
class Place:
    """A division down to the county, with its site where it has one."""

    code: str
    name: str
    level: str
    streets: int
    tenant: Tenant | None = None
    children: list["Place"] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Empty for a place whose site is not open."""
        if self.tenant is None or self.tenant.state != TenantState.ACTIVE:
            return ""
        return next((site_url(row.domain) for row in self.tenant.domains.all()), "")

    @property
    def paused(self) -> bool:
        return self.tenant is not None and not self.url

    @property
    def label(self) -> str:
        """What the site is called beside its neighbours: a province's own is that of the whole."""
        if self.level != "province" or self.tenant is None:
            return self.tenant.short_name if self.tenant else self.name
        return {"市": gettext("全市"), "区": gettext("全区")}.get(self.name[-1], gettext("全省"))

    @property
    def plate(self) -> str:
        return PLATES.get(self.code[:2], self.name[:1])

    def walk(self) -> Iterator["Place"]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def sites(self) -> list["Place"]:
        """The places in here whose site is open or paused, this one first."""
        return [place for place in self.walk() if place.tenant]

    def without_site(self, level: str) -> int:
        """How many places of this level in here have no site yet."""
        return sum(place.level == level and not place.tenant for place in self.walk())

    @property
    def cities_without(self) -> int:
        return self.without_site("city")

    @property
    def counties_without(self) -> int:
        return self.without_site("county")


@dataclass(frozen=True, slots=True)
class Atlas:
    """All provinces of the official codes that come with the project, those with sites first."""

    open: list[Place]
    closed: list[Place]

    @property
    def count(self) -> int:
        return sum(len(province.sites) for province in self.open)

    @property
    def streets(self) -> int:
        """Towns and streets that belong to at least one site."""
        return sum(_covered(province) for province in self.open)


def atlas() -> Atlas:
    """Two queries, however many sites."""
    primary = Prefetch("domains", Domain.objects.filter(is_primary=True))
    sites = Tenant.objects.exclude(schema_name="public").exclude(state=TenantState.ARCHIVED).prefetch_related(primary)
    by_code = {tenant.division_code: tenant for tenant in sites}
    provinces = [_place(row, by_code) for row in divisions().values() if row.level == "province"]
    return Atlas(
        open=[province for province in provinces if province.sites],
        closed=[province for province in provinces if not province.sites],
    )


def _place(row: Division, by_code: dict[str, Tenant]) -> Place:
    place = Place(row.code, row.name, row.level, _streets()[row.code], by_code.get(row.code))
    for child in _children().get(row.code, []):
        below = _place(child, by_code)
        place.children += below.children if child.name == UNNAMED else [below]
    return place


def _covered(place: Place) -> int:
    return place.streets if place.tenant else sum(_covered(child) for child in place.children)


@lru_cache(maxsize=1)
def _children() -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {}
    for row in divisions().values():
        if row.level in {"city", "county"}:
            found.setdefault(row.parent, []).append(row)
    return found


@lru_cache(maxsize=1)
def _streets() -> Counter[str]:
    """How many towns and streets lie in each division."""
    counted: Counter[str] = Counter()
    for row in divisions().values():
        if row.level == "street":
            counted.update(above.code for above in row.ancestors())
    return counted
