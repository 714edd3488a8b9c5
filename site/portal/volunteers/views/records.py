"""Records to confirm, and one record with its history."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core.errors import DomainError
from portal.core.feedback import beware, done
from portal.volunteers import queries, rules
from portal.volunteers.domain.minutes import hours
from portal.volunteers.domain.records import confirm_record, correct_record, dispute_record, void_record
from portal.volunteers.enums import RECORD_MOVES, RecordState
from portal.volunteers.forms.service import CorrectionForm, ReasonForm
from portal.volunteers.models import ServiceRecord
from portal.volunteers.views.answers import refuse

PER_PAGE = 50


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def to_confirm(request: HttpRequest) -> HttpResponse:
    """A list to tick; each is confirmed by itself, and those refused say why."""
    found = queries.to_confirm(rules.reach_of(request.user))
    if request.method == "POST":
        ticked = [key for key in request.POST.getlist("record") if key.isdigit()]
        _confirm_all(request, list(found.filter(pk__in=ticked)))
        return redirect("volunteers:to_confirm")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(record, hours(record.minutes)) for record in page]
    return render(request, "volunteers/to_confirm.html", {"page_obj": page, "lines": lines})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """What is recorded, what was done to it, and what this person may do now."""
    shown = queries.record_in_full(pk)
    if shown is None or not rules.may_see(request.user, shown):
        raise Http404
    act = request.POST.get("act", "")
    forms = {name: form(request.POST if name == act else None) for name, form in _FORMS.items()}
    status = 200
    if request.method == "POST":
        status = 422
        form = forms.get(act)
        if act in _ACTS and (form is None or form.is_valid()):
            try:
                _ACTS[act](shown, request.user, form.cleaned_data if form else {})
                done(request, str(_DONE[act]))
                return redirect("volunteers:record", pk=pk)
            except DomainError as refusal:
                if form is None:
                    beware(request, _("没有办成"), " ".join(refusal.messages))
                    return redirect("volunteers:record", pk=pk)
                refuse(form, refusal)
                status = 409 if form.non_field_errors() else 422
    return render(request, "volunteers/record.html", _context(request, shown, forms), status=status)


_Act = Callable[[ServiceRecord, Any, dict[str, Any]], Any]
_FORMS: dict[str, Any] = {"dispute": ReasonForm, "correct": CorrectionForm, "void": ReasonForm}
_ACTS: dict[str, _Act] = {
    "confirm": lambda record, user, _values: confirm_record(record, by=user),
    "dispute": lambda record, user, values: dispute_record(record, by=user, reason=values["reason"]),
    "correct": lambda record, user, values: correct_record(
        record, minutes=values["minutes"], by=user, why=values["reason"]
    ),
    "void": lambda record, user, values: void_record(record, by=user, why=values["reason"]),
}

_DONE = {
    "confirm": gettext_lazy("已确认，计入时长"),
    "dispute": gettext_lazy("异议已提交，这笔暂不计入，等工作人员处理"),
    "correct": gettext_lazy("已更正，等另一位工作人员确认"),
    "void": gettext_lazy("这笔记录已作废"),
}


def _confirm_all(request: HttpRequest, records: list[ServiceRecord]) -> None:
    confirmed, refusals = 0, []
    for record in records:
        try:
            confirm_record(record, by=request.user)
            confirmed += 1
        except DomainError as refusal:
            refusals.append(f"{record.volunteer.masked_name}，{record.date}：{' '.join(refusal.messages)}")
    if confirmed:
        done(request, _("已确认%(count)s笔，计入各人时长") % {"count": confirmed})
    if refusals:
        beware(request, _("有%(count)s笔没有确认") % {"count": len(refusals)}, " ".join(refusals))
    if not records:
        beware(request, _("还没有勾选"), _("先勾选要确认的记录；刚才勾的可能已由别人确认。"))


def _context(request: HttpRequest, record: ServiceRecord, forms: dict[str, Any]) -> dict[str, Any]:
    user, moves = request.user, RECORD_MOVES[RecordState(record.state)]
    return {
        "record": record,
        "hours": hours(record.minutes),
        "changes": record.changes.select_related("by"),
        "own": rules.may_dispute(user, record),
        "may_confirm": RecordState.CONFIRMED in moves and rules.may_confirm(user, record),
        "dispute": forms["dispute"] if RecordState.DISPUTED in moves and rules.may_dispute(user, record) else None,
        "correct": forms["correct"] if RecordState.CORRECTED in moves and rules.may_correct(user, record) else None,
        "void": forms["void"] if RecordState.VOIDED in moves and rules.may_void(user, record) else None,
    }
