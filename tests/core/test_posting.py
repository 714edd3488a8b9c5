"""Nobody is left standing on an address that takes only forms: it leads to the page of its form."""

from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, resolve, reverse

from portal import urls_platform, urls_tenant
from tests.factories.schools import school

#: For each kind of part of an address one that fits.
FITS = {"int": 7, "str": "X-7", "uuid": "00000000-0000-4000-8000-000000000007", "path": "x", "slug": "x"}
STAFF = ("cms/", "operators/", "documents/")


def walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every pattern that is not the staff's, with its route."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if not route.startswith(STAFF):
                yield from walk(one.url_patterns, route)
        elif isinstance(one, URLPattern) and not route.startswith(STAFF):
            yield route, one


def methods_of(view: Any) -> set[str]:
    """The methods that Django's decorators around a view let through, or a class of views; empty for all."""
    if hasattr(view, "view_class"):
        return {name.upper() for name in view.view_class.http_method_names if hasattr(view.view_class, name)}
    found: set[str] = set()
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list) and "POST" in cell.cell_contents:
                found |= set(cell.cell_contents)
        view = getattr(view, "__wrapped__", None)
    return found


def test_every_address_of_a_form_knows_its_page() -> None:
    taking = 0
    for route, pattern in [*walk(urls_tenant.urlpatterns), *walk(urls_platform.urlpatterns)]:
        if not hasattr(pattern.callback, "posted_from"):
            methods = methods_of(pattern.callback)
            assert not methods or "GET" in methods, f"{route}: portal.core.posting instead of require_POST"
            continue
        place, keys = pattern.callback.posted_from
        converters = pattern.pattern.converters
        parts = {key: FITS[type(converters[key]).__name__.removesuffix("Converter").lower()] for key in keys}
        page = resolve(place if place.startswith("/") else reverse(place, kwargs=parts))
        assert not hasattr(page.func, "posted_from"), route
        taking += 1
    assert taking > 20


def test_the_page_is_reached_with_what_was_chosen(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a, "school_manager")
    desk = reverse("schools:pupils", args=[school().pk])
    for act in ("list", "class", "missing", "bundles"):
        assert client.get(f"{desk}{act}/?term=days&start=2026-01-01").url == f"{desk}?term=days&start=2026-01-01"
    stranger = client_for(tenant_a)
    asked = stranger.post("/desk/certificates/X-7/share/").url
    assert asked == "/accounts/sign-in/?next=/desk/certificates/X-7/share/"
    assert stranger.get("/desk/certificates/X-7/share/").url == "/desk/certificates/"
