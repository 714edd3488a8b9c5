"""The platform's own front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenants.addresses import site_url
from tenants.atlas import atlas
from tenants.enums import TenantState
from tenants.models import Domain

#: What search engines have no business with on the platform's host.
CLOSED = ("/operators/", "/accounts/", "/elder/", "/language/", "/certificates/check/*", "/search/", "/api/")


@require_safe
def platform_home(request: HttpRequest) -> HttpResponse:
    """Every site by province; two queries."""
    return render(request, "tenants/platform.html", {"atlas": atlas()})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The front page may be found; the rest is said to be closed, and is closed anyway."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemaps of all open sites; one query."""
    primary = Domain.objects.filter(is_primary=True, tenant__state=TenantState.ACTIVE)
    hosts = (
        primary.exclude(tenant__schema_name="public").order_by("tenant__division_code").values_list("domain", flat=True)
    )
    context = {"sitemaps": [site_url(host, "/sitemap.xml") for host in hosts]}
    return render(request, "tenants/sitemap_index.xml", context, content_type="application/xml")
