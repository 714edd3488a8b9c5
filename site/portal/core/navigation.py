"""What the masthead leads to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Item:
    """One entry; `minor` ones move to the footer in elder mode."""

    label: str | Promise
    url: str
    minor: bool = True


TENANT = (
    Item(_("找项目"), "/projects/", minor=False),
    Item(_("公益创投"), "/ventures/"),
    Item(_("典型案例"), "/stories/"),
    Item(_("对接名录"), "/directory/", minor=False),
    Item(_("政策文件"), "/policies/"),
    Item(_("证书核验"), "/certificates/check/"),
)
#: Sections of a tenant's site to which the footer and the site map lead, not the masthead.
BESIDE = (Item(_("星级公示"), "/stars/"),)
PLATFORM = (
    Item(_("各地站点"), "/", minor=False),
    Item(_("证书核验"), "/certificates/check/", minor=False),
    Item(_("站点管理"), "/operators/", minor=False),
)


def with_menu_pages(pages: list[tuple[str, str]]) -> list[Item]:
    """The navigation of a tenant, then (title, slug) of its menu pages, unless they stand there already."""
    known = {item.url for item in TENANT}
    return [*TENANT, *(Item(title, f"/{slug}/") for title, slug in pages if f"/{slug}/" not in known)]
