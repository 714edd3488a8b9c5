"""Fills a fresh tenant with its divisions, brands and names."""

from typing import Any

from portal.core.models import Division
from tenants.divisions import divisions_within, find_division
from tenants.models import Tenant


def fill_divisions(*, tenant: Tenant, **_: Any) -> None:
    """The tenant's own division and every town and street within it, with their parents."""
    place = find_division(tenant.division_code)
    if place is None:
        return
    known: dict[str, Division] = {}
    for level in ("province", "city", "county", "street"):
        rows = [row for row in [place, *divisions_within(place)] if row.level == level]
        made = Division.objects.bulk_create(
            Division(code=row.code, name=row.name, level=row.level, parent=known.get(row.parent)) for row in rows
        )
        known |= {row.code: row for row in made}
