"""The platform's own front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenants.atlas import atlas

#: What search engines have no business with on the platform's host.
CLOSED = ("/operators/", "/accounts/", "/elder/", "/language/", "/certificates/check/*")


@require_safe
def platform_home(request: HttpRequest) -> HttpResponse:
    """Every site by province; two queries."""
    return render(request, "tenants/platform.html", {"atlas": atlas()})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The front page may be found; the rest is said to be closed, and is closed anyway."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
