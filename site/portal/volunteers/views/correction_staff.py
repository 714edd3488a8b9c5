"""One contested certificate in the Wagtail admin: what is said to be wrong, and what an officer answers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.volunteers.domain.contesting import answer_corrected, refuse_correction
from portal.volunteers.domain.minutes import hours
from portal.volunteers.enums import CorrectionState
from portal.volunteers.forms.certificates import RefusalForm
from portal.volunteers.models import CorrectionRequest
from portal.volunteers.rules import may_answer_correction
from portal.volunteers.views import questions
from portal.volunteers.views.acts import Act, perform

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
        return _page(request, found, {}, 200)
    return perform(request, _ACTS, found, _page, reverse(INDEX))


def _corrected(found: CorrectionRequest, by: Any, data: dict[str, Any]) -> str:
    answer_corrected(found, by=by)
    return _("已答复，正在换发，并通知了持有人。")


def _refuse(found: CorrectionRequest, by: Any, data: dict[str, Any]) -> str:
    refuse_correction(found, by=by, **data)
    return _("已答复，并通知了持有人。")


_ACTS = {
    "corrected": Act(_corrected, ask=questions.correcting),
    "refuse": Act(_refuse, RefusalForm, ask=questions.contradicting),
}


def _page(request: HttpRequest, found: CorrectionRequest, given: dict[str, Any], status: int) -> HttpResponse:
    lines = dict(enumerate(found.certificate.facts.rows if found.certificate else (), start=1))
    row = lines.get(found.line) if found.line else None
    context = {
        "found": found,
        "row": row,
        "hours": hours(row.minutes) if row else "",
        "doubted": bool(found.certificate and found.certificate.waiting_revocation()),
        "overdue": found.state == CorrectionState.OPEN and found.due_on < timezone.localdate(),
        "open": found.state == CorrectionState.OPEN,
        "may_answer": found.state == CorrectionState.OPEN and may_answer_correction(request.user, found),
        "form": given.get("refuse") or RefusalForm(),
    }
    return render(request, "volunteers/admin/correction.html", context, status=status)
