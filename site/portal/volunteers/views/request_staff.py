"""One request for a certificate in the Wagtail admin: what it would say now, and what an officer decides."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.domain.request import facts_digest
from portal.core.errors import DomainError
from portal.volunteers.domain import approval
from portal.volunteers.domain.minutes import hours
from portal.volunteers.domain.scopes import look_up
from portal.volunteers.enums import RequestState
from portal.volunteers.forms.certificates import DeclineForm, SeenForm
from portal.volunteers.models import CertificateRequest
from portal.volunteers.rules import may_approve
from portal.volunteers.views import questions
from portal.volunteers.views.acts import Act, perform

INDEX = "wagtailsnippets_volunteers_certificaterequest:list"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines as they are confirmed now; a POST approves what was seen, or refuses with the reason."""
    if not request.user.has_perm("volunteers.view_certificaterequest"):
        raise PermissionDenied
    joined = CertificateRequest.objects.select_related(
        "volunteer__user", "project", "organiser", "body", "asked_by", "decided_by", "certificate", "replaces"
    )
    found = get_object_or_404(joined, pk=pk)
    if request.method != "POST":
        return _page(request, found, {}, 200)
    return perform(request, _ACTS, found, _page, reverse(INDEX))


def _approve(found: CertificateRequest, by: Any, data: dict[str, Any]) -> str:
    made = approval.approve_request(found, by=by, **data)
    return _("已同意，编号%(number)s，正在制作。") % {"number": made.number}


def _refuse(found: CertificateRequest, by: Any, data: dict[str, Any]) -> str:
    approval.refuse_request(found, by=by, **data)
    return _("没有同意，已告诉申请人为什么。")


_ACTS = {
    "approve": Act(_approve, SeenForm, ask=questions.approving),
    "refuse": Act(_refuse, DeclineForm, ask=questions.refusing),
}


def _page(request: HttpRequest, found: CertificateRequest, given: dict[str, Any], status: int) -> HttpResponse:
    scope = approval.wish_of(found).scope
    context: dict[str, Any] = {
        "found": found,
        "scope": scope.words,
        "left_out": look_up(found.volunteer, scope).words,
        "waiting": found.state == RequestState.WAITING,
        "may_decide": found.state == RequestState.WAITING and may_approve(request.user, found),
        "form": given.get("refuse") or DeclineForm(),
    }
    if found.state == RequestState.WAITING:
        try:
            facts = approval.facts_now(found)
        except DomainError as refusal:
            context["refusal"] = " ".join(refusal.messages)
        else:
            context |= {
                "rows": [(row, hours(row.minutes)) for row in facts.rows],
                "hours": hours(facts.minutes),
                "seen": facts_digest(facts),
            }
    return render(request, "volunteers/admin/request.html", context, status=status)
