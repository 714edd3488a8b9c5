"""The roll of a shift, and which rolls are to be taken."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.errors import DomainError
from portal.core.feedback import done
from portal.core.queries import rules
from portal.projects.models import Shift
from portal.volunteers import queries
from portal.volunteers.domain.deadline import last_day
from portal.volunteers.domain.minutes import length
from portal.volunteers.domain.roll import Mark, check_roll, find_walk_in, take_roll
from portal.volunteers.forms.service import RollForm
from portal.volunteers.rules import may_take_roll, reach_of
from portal.volunteers.views.answers import refuse


@never_cache
@login_required
@require_safe
def shifts(request: HttpRequest) -> HttpResponse:
    """Ended shifts whose roll nobody has taken."""
    due = queries.rolls_due(reach_of(request.user), own=False)[:50]
    return render(request, "volunteers/shifts.html", {"shifts": due})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came and for how long; kept open or handed in."""
    shift = Shift.objects.select_related("project__organiser", "project__in_charge").filter(pk=pk).first()
    if shift is None:
        raise Http404
    if not may_take_roll(request.user, shift):
        raise PermissionDenied
    form = RollForm(
        request.POST if request.method == "POST" else None,
        shift=shift,
        sign_ups=queries.roll_of(shift),
        records=queries.records_on(shift),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _taken(request, shift, form)
            except DomainError as refusal:
                refuse(form, refusal)
                status = 409 if form.non_field_errors() else 422
    return render(request, "volunteers/roll.html", _context(request, shift, form), status=status)


def _taken(request: HttpRequest, shift: Shift, form: RollForm) -> HttpResponse:
    hand_in = "keep" not in request.POST
    records = take_roll(shift, [*form.marks(), *_walk_in(form)], by=request.user, hand_in=hand_in)
    words = {"count": len(records)}
    if not hand_in:
        done(request, _("先存着了"), _("结束后回到这里，核对好再交。"))
    elif records:
        done(request, _("点名已交：%(count)s笔服务记录") % words, _("等另一位工作人员确认后计入各人的时长。"))
    else:
        done(request, _("点名已交"), _("没有新的服务记录。"))
    return redirect("volunteers:roll", pk=shift.pk)


def _walk_in(form: RollForm) -> list[Mark]:
    number = form.cleaned_data["walk_in"]
    if not number:
        return []
    minutes = form.cleaned_data["walk_in_minutes"]
    return [Mark(find_walk_in(number).pk, present=True, minutes=form.length if minutes is None else minutes)]


def _context(request: HttpRequest, shift: Shift, form: RollForm) -> dict[str, object]:
    limits, now = rules(), timezone.now()
    try:
        check_roll(shift, by=request.user, now=now, limits=limits, hand_in=False)
        refusal = ""
    except DomainError as error:
        refusal = " ".join(error.messages)
    return {
        "shift": shift,
        "form": form,
        "refusal": refusal,
        "ended": shift.has_ended(now),
        "until": last_day(shift, limits),
        "length": length(shift.starts_at, shift.ends_at),
    }
