"""The admin as a whole: what stands in its menu and in what order, and its first page."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal.core.viewsets import BrandViewSet, DivisionViewSet
from portal.home.panels import NumbersPanel, WaitingPanel

register_snippet(DivisionViewSet)
register_snippet(BrandViewSet)

#: Names of menu entries in the order in which work goes; what is not named follows in its own order.
MENU = (
    "projects", "volunteers", "ventures", "calls", "stories", "directory", "organisations", "explorer", "images",
    "documents", "reports", "settings", "help",
)  # fmt: skip
_HIDDEN = {"help"}


@hooks.register("construct_main_menu", order=1000)
def sort_menu(request: HttpRequest, items: list[Any]) -> None:
    """Everyday work first; Wagtail's links to its own manual leave."""
    items[:] = [item for item in items if item.name not in _HIDDEN]
    place = {name: number for number, name in enumerate(MENU)}
    for item in items:
        item.order = place.get(item.name, len(MENU)) * 100 + (0 if item.name in place else item.order % 100)
    items.sort(key=lambda item: item.order)


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    """What waits, then a few sums, then Wagtail's lists of pages in hand; no news of Wagtail."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") != "whats_new_in_wagtail_version"]
    panels += [WaitingPanel(), NumbersPanel()]


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages and pictures help nobody; NumbersPanel has those that do."""
    items.clear()
