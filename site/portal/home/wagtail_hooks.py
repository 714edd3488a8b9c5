"""The admin as a whole: what stands in its menu and in what order, and its first page."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal.core.viewsets import BrandViewSet, DivisionViewSet
from portal.home.panels import NumbersPanel, WaitingPanel

register_snippet(DivisionViewSet)
register_snippet(BrandViewSet)

#: Where Wagtail's own entries stand among those of the features, which run from 100 (projects) to 300 (organisations).
_PLACES = {"explorer": 400, "images": 410, "documents": 420}
_HIDDEN = {"help", "forms"}


@hooks.register("construct_main_menu", order=1000)
def sort_menu(request: HttpRequest, items: list[Any]) -> None:
    """Everyday work first; Wagtail's links to its own manual leave."""
    items[:] = [item for item in items if item.name not in _HIDDEN]
    for item in items:
        item.order = _PLACES.get(item.name, item.order)
    items.sort(key=lambda item: item.order)


@hooks.register("construct_homepage_panels", order=1000)
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    """What waits, then a few sums, then Wagtail's lists of pages in hand; no news of Wagtail."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") != "whats_new_in_wagtail_version"]
    panels += [WaitingPanel(), NumbersPanel()]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages and pictures help nobody; NumbersPanel has those that do."""
    items.clear()
