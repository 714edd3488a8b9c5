"""One contested certificate in the Wagtail admin: what is said to be wrong, and what an officer answers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from certificates.errors import CertificateError
from portal.core.errors import DomainError
from portal.volunteers.domain.contesting import answer_corrected, refuse_correction
from portal.volunteers.domain.minutes import hours
from portal.volunteers.enums import CorrectionState
from portal.volunteers.forms.certificates import RefusalForm
from portal.volunteers.models import CorrectionRequest
from portal.volunteers.rules import may_answer_correction

INDEX = "wagtailsnippets_volunteers_correctionrequest:list"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The line, the record behind it, what the holder says; a POST renews the certificate or refuses."""
    if not request.user.has_perm("volunteers.view_correctionrequest"):
        raise PermissionDenied
    joined = CorrectionRequest.objects.select_related("certificate", "volunteer__user", "record", "answered_by")
    found = get_object_or_404(joined, pk=pk)
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get("act") == "corrected":
        return _corrected(request, found)
    if request.POST.get("act") == "refuse":
        return _refuse(request, found)
    return HttpResponseBadRequest()


def _corrected(request: HttpRequest, found: CorrectionRequest) -> HttpResponse:
    try:
        answer_corrected(found, by=request.user)
    except (DomainError, CertificateError) as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _page(request, found, status=422)
    messages.success(request, _("已答复，正在换发，并通知了持有人。"))
    return redirect(INDEX)


def _refuse(request: HttpRequest, found: CorrectionRequest) -> HttpResponse:
    form = RefusalForm(request.POST)
    if form.is_valid():
        try:
            refuse_correction(found, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            # Somebody was faster, and then the page has no form any more to say it at.
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("已答复，并通知了持有人。"))
            return redirect(INDEX)
    return _page(request, found, form=form, status=422)


def _page(request: HttpRequest, found: CorrectionRequest, *, form: Any = None, status: int = 200) -> HttpResponse:
    lines = dict(enumerate(found.certificate.facts.rows, start=1))
    row = lines.get(found.line) if found.line else None
    context = {
        "found": found,
        "row": row,
        "hours": hours(row.minutes) if row else "",
        "overdue": found.state == CorrectionState.OPEN and found.due_on < timezone.localdate(),
        "open": found.state == CorrectionState.OPEN,
        "may_answer": found.state == CorrectionState.OPEN and may_answer_correction(request.user, found),
        "form": form or RefusalForm(),
    }
    return render(request, "volunteers/admin/correction.html", context, status=status)
