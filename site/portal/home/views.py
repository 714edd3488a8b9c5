"""The front page, and the map of the site for people and for search engines."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from portal.home import front_reads
from portal.home import site_map as map_of_site

#: What search engines have no business with.
CLOSED = ("/cms/", "/desk/", "/accounts/", "/elder/", "/language/", "/certificates/check/*", "/search/", "/api/")


def front_page(request: HttpRequest) -> HttpResponse:
    """What Wagtail serves here, hooks and all; it would find the page in five queries, and needs one."""
    page = front_reads.open_home()
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # where Wagtail itself keeps it
    return serve(request, "")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """站点地图: sections and the tree of pages."""
    context = {"sections": map_of_site.features(), "tree": map_of_site.page_tree()}
    return render(request, "home/site_map.html", context)


@require_safe
def sitemap(request: HttpRequest, number: int = 0) -> HttpResponse:
    """sitemap.xml under the host that was asked, whatever its port; a list of files where one cannot hold it all."""
    root = request.build_absolute_uri("/").rstrip("/")
    files = map_of_site.files()
    if number > files:
        raise Http404("No such file.")
    if not number and files > 1:
        context: dict[str, Any] = {"sitemaps": [f"{root}/sitemap-{each}.xml" for each in range(1, files + 1)]}
        return render(request, "tenants/sitemap_index.xml", context, content_type="application/xml")
    context = {"root": root, "addresses": map_of_site.addresses(number or 1)}
    return render(request, "home/sitemap.xml", context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be found; the rest is said to be closed, and is closed anyway."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
