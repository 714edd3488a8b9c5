"""Signing up for a shift and withdrawing, by plain forms."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core.errors import DomainError
from portal.core.feedback import beware, done
from portal.projects.models import Project, Shift
from portal.volunteers import queries
from portal.volunteers.domain import errors
from portal.volunteers.domain import sign_up as verbs
from portal.volunteers.domain.eligibility import ways_to_come
from portal.volunteers.domain.telling import when
from portal.volunteers.enums import LIVE
from portal.volunteers.forms.service import SignUpForm
from portal.volunteers.models import SignUp, Volunteer
from portal.volunteers.rules import may_withdraw
from portal.volunteers.views.answers import refuse
from portal.volunteers.views.gate import volunteers_only


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@volunteers_only
def sign_up(request: HttpRequest, volunteer: Volunteer, pk: int) -> HttpResponse:
    """A page that asks in what company, and the POST of the one-click button."""
    shift = queries.public_shift(pk)
    if shift is None:
        raise Http404
    form = SignUpForm(request.POST if request.method == "POST" else None, shift=shift, volunteer=volunteer)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = verbs.sign_up(shift, volunteer, by=request.user, **form.cleaned_data)
            except errors.AlreadySignedUp:
                beware(request, _("这一班您已经报过了"), _("不用再报。去不了时，在下面取消报名。"))
                return _to_project(shift.project)
            except DomainError as refusal:
                refuse(form, refusal)
                status = 409 if form.non_field_errors() else 422
            else:
                _say_signed_up(request, made)
                return _to_project(shift.project)
    return render(request, "volunteers/sign_up.html", {"shift": shift, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@volunteers_only
def withdraw(request: HttpRequest, volunteer: Volunteer, pk: int) -> HttpResponse:
    """Asks once, then gives the place to the next."""
    mine = SignUp.objects.select_related("shift__project", "volunteer__user").filter(pk=pk).first()
    if mine is None or not may_withdraw(request.user, mine):
        raise Http404
    if request.method == "POST" or mine.state not in LIVE:  # an old link is answered by the verb's refusal
        try:
            verbs.withdraw(mine, by=request.user)
        except DomainError as refusal:
            beware(request, _("没有取消报名"), " ".join(refusal.messages))
        else:
            again = reverse("volunteers:sign_up", args=[mine.shift_id])
            done(
                request,
                _("已取消报名：%(when)s") % {"when": when(mine.shift)},
                url=again,
                label=_("还是要去，再报一次"),
            )
        return _to_project(mine.shift.project)
    return render(request, "volunteers/withdraw.html", {"sign_up": mine, "shift": mine.shift})


def actions(request: HttpRequest, project: Project, shifts: list[Shift]) -> dict[str, Any]:
    """What the last cell of each shift on a project's page needs: one's own place, and the shortest way to one."""
    volunteer = queries.volunteer_of(request.user)
    mine = queries.live_sign_ups(volunteer, shifts) if volunteer else {}
    for shift in shifts:
        shift.mine = mine.get(shift.pk)
    alone = ways_to_come(project) == ["individual"]
    return {"mine": mine.keys(), "one_click": volunteer is not None and alone}


def _say_signed_up(request: HttpRequest, made: SignUp) -> None:
    undo, label = reverse("volunteers:withdraw", args=[made.pk]), _("取消报名")
    words = {"when": when(made.shift), "place": made.shift.project.venue, "position": made.position}
    if made.is_waiting:
        text = _("前面有人取消时按次序递补，轮到您会立即通知。")
        done(request, _("已加入候补第%(position)s位：%(when)s") % words, text, url=undo, label=label)
    else:
        text = _("请提前10分钟到%(place)s。去不了时请尽早取消报名，好让候补的人补上。") % words
        done(request, _("报名成功：%(when)s") % words, text, url=undo, label=label)


def _to_project(project: Project) -> HttpResponse:
    return redirect(project)
