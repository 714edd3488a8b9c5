"""Addresses that take a form and have no page of their own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponse]


def posted_from(place: str, *keys: str) -> Callable[[View], View]:
    """POST alone, from the page `place` (the name of an address with these of its parts).

    Whoever gets here without the form, after signing in anew or changing the language, is led to that page.
    """

    def decorate(view: View) -> View:
        strict = require_POST(view)

        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in {"GET", "HEAD"}:
                return strict(request, *args, **kwargs)
            parts = request.resolver_match.kwargs if request.resolver_match else kwargs
            address = resolve_url(place, **{key: parts[key] for key in keys})
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{address}?{query}" if query else address)

        setattr(gate, "posted_from", (place, keys))  # noqa: B010  (a function has no such attribute by its type)
        return gate

    return decorate
