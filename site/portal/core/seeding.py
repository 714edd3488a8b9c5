"""Fills a fresh tenant with its divisions, brands and names."""

from typing import Any

from wagtail.models import Collection

from portal.core.models import Brand, Division, LegalFooter, RuleSettings, SiteIdentity
from portal.core.programmes import plate_for, programme_for
from tenants.divisions import divisions_within, find_division
from tenants.models import Tenant

#: Brands with their pages are in the template already and only renamed: a page takes 50 ms to make, a name none.
BRAND_SLOTS = 5
_COLOURS = ("accent", "accent_deep", "lamp", "paper", "ink", "elder_accent", "elder_accent_deep")


def plant_slots(**_: Any) -> None:
    """Rows of which every tenant has the same number, in the schema that all are made from."""
    Brand.objects.bulk_create(Brand(slug=f"brand-{n}", name=f"brand {n}", order=n) for n in range(1, BRAND_SLOTS + 1))
    Collection.objects.filter(depth=1).update(name="公共资料")  # Wagtail's Root, which choosers show
    for settings in (SiteIdentity, LegalFooter, RuleSettings):
        settings.objects.create()


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


def name_site(*, tenant: Tenant, **_: Any) -> None:
    """Name, mark, inks and brands of the programme that governs the place."""
    programme = programme_for(tenant.division_code)
    words = {"name": tenant.name, "short": tenant.short_name}
    SiteIdentity.objects.update(
        site_name=programme["site_name"].format(**words)[:30],
        tagline=programme["tagline"].format(**words)[:60],
        plate=plate_for(tenant.division_code, tenant.short_name),
        **{name: programme[name] for name in _COLOURS},
    )
    slots = list(Brand.objects.order_by("order"))
    for slot, spec in zip(slots, programme["brands"], strict=False):
        slot.slug, slot.name, slot.is_main = spec["slug"], spec["name"], spec.get("main", False)
        slot.tagline, slot.description = spec["tagline"], spec["description"]
    for slot in slots[len(programme["brands"]) :]:
        slot.is_active = False
    Brand.objects.bulk_update(slots, ["slug", "name", "is_main", "tagline", "description", "is_active"])
