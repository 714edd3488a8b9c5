"""Search over everything public: the results, what completes what is typed, and where the reader is."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from portal.accounts.roles import Role, has_role
from portal.finding.choices import labels
from portal.finding.domain.missed import note_missed
from portal.finding.near_page import NearPage
from portal.finding.page import SearchPage
from portal.finding.queries import Sites
from search.finding import suggest
from search.query import LONGEST


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/search/`: the page, or for htmx what changes of it."""
    explain = "explain" in request.GET and may_see_reasons(request)
    page = SearchPage(request.GET, tenant=request.tenant, now=timezone.now(), explain=explain)
    if not page.total and page.text and not page.asked.is_narrowed:
        note_missed(page.text, now=page.asked.query.now)
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "finding/part.html" if part else "finding/search.html", {"page": page})
    # One address, two answers: a browser that goes back must not show the part alone.
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """`/search/near/`: the reader's community or street."""
    page = NearPage(request.GET, tenant=request.tenant, now=timezone.now())
    return render(request, "finding/near.html", {"page": page})


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`/search/suggest/`: at most eight titles, each with its kind and address."""
    is_platform = request.tenant.schema_name == "public"
    typed = request.GET.get("q", "")[:LONGEST]
    found = suggest(typed, tenant_id=None if is_platform else request.tenant.pk, now=timezone.now())
    kinds, sites = labels("kind"), Sites()
    rows = [
        {
            "text": each.text,
            "kind": str(kinds.get(each.kind, "")),
            "url": sites.url(each.tenant_id, each.url) if is_platform else each.url,
            "site": sites.name(each.tenant_id) if is_platform else "",
        }
        for each in found
    ]
    response = JsonResponse({"suggestions": rows})
    patch_cache_control(response, public=True, max_age=60)
    return response


def may_see_reasons(request: HttpRequest) -> bool:
    """Officers, and on the platform its operators."""
    user = request.user
    if request.tenant.schema_name == "public":
        return bool(user.is_active and user.is_staff)
    return has_role(user, Role.OFFICER)
