"""One request for a certificate in the Wagtail admin: what it would say now, and what an officer decides."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from certificates.domain.request import facts_digest
from certificates.errors import CertificateError
from portal.core.errors import DomainError
from portal.volunteers.domain import approval
from portal.volunteers.domain.minutes import hours
from portal.volunteers.domain.scopes import look_up
from portal.volunteers.enums import RequestState
from portal.volunteers.forms.certificates import DeclineForm
from portal.volunteers.models import CertificateRequest
from portal.volunteers.rules import may_approve

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
        return _page(request, found)
    if request.POST.get("act") == "approve":
        return _approve(request, found)
    if request.POST.get("act") == "refuse":
        return _refuse(request, found)
    return HttpResponseBadRequest()


def _approve(request: HttpRequest, found: CertificateRequest) -> HttpResponse:
    try:
        made = approval.approve_request(found, by=request.user, seen=request.POST.get("seen", ""))
    except (DomainError, CertificateError) as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _page(request, found, status=422)
    messages.success(request, _("已同意，编号%(number)s，正在制作。") % {"number": made.number})
    return redirect(INDEX)


def _refuse(request: HttpRequest, found: CertificateRequest) -> HttpResponse:
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            approval.refuse_request(found, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            # Somebody was faster, and then the page has no form any more to say it at.
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("没有同意，已告诉申请人为什么。"))
            return redirect(INDEX)
    return _page(request, found, form=form, status=422)


def _page(request: HttpRequest, found: CertificateRequest, *, form: Any = None, status: int = 200) -> HttpResponse:
    scope = approval.wish_of(found).scope
    context: dict[str, Any] = {
        "found": found,
        "scope": scope.words,
        "left_out": look_up(found.volunteer, scope).words,
        "waiting": found.state == RequestState.WAITING,
        "may_decide": found.state == RequestState.WAITING and may_approve(request.user, found),
        "form": form or DeclineForm(),
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
