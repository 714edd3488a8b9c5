"""One application for a star in the Wagtail admin: what it rests on, its objections, and the decision."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.honours import domain, queries
from portal.honours.enums import ObjectionState, StarState
from portal.honours.forms import AnswerForm, NoteForm, ObjectionForm
from portal.honours.models import StarApplication
from portal.honours.rules import may_decide
from portal.honours.standing import Scope, standing_of
from portal.honours.views import questions
from portal.volunteers.domain.minutes import hours
from portal.volunteers.views.acts import Act, perform


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def star(request: HttpRequest, pk: int) -> HttpResponse:
    """Hours of today, objections, decision; a POST names in `act` what to do."""
    if not request.user.has_perm("honours.view_starapplication"):
        raise PermissionDenied
    found = get_object_or_404(
        StarApplication.objects.select_related("volunteer__user", "proposed_by", "decided_by", "certificate"), pk=pk
    )
    if request.method != "POST":
        return _page(request, found, {}, 200)
    return perform(request, _ACTS, found, _page, reverse("honours_staff:star", args=[pk]))


def _propose(found: StarApplication, by: Any, data: dict[str, Any]) -> str:
    moved = domain.propose_star(found, by=by)
    if moved.state == StarState.AWARDED:
        return _("已评定，证书正在制作。")
    return _("已提出，通知了其他主管。")


def _award(found: StarApplication, by: Any, data: dict[str, Any]) -> str:
    domain.award_star(found, by=by)
    return _("已评定，证书正在制作。")


def _return(found: StarApplication, by: Any, data: dict[str, Any]) -> str:
    domain.return_star(found, by=by, **data)
    return _("已退回，告诉了提出的人。")


def _refuse(found: StarApplication, by: Any, data: dict[str, Any]) -> str:
    domain.refuse_star(found, by=by, **data)
    return _("没有通过，已把原因告诉本人。")


def _object(found: StarApplication, by: Any, data: dict[str, Any]) -> str:
    domain.record_objection(found, by=by, **data)
    return _("异议已记下，核实之前不会评定。")


def _settle(found: StarApplication, by: Any, data: dict[str, Any]) -> str:
    objection = found.objections.filter(pk=data["objection"], state=ObjectionState.OPEN).first()
    if objection is None:
        raise DomainError(_("这条异议已经答复过了。刷新页面看看。"))
    domain.settle_objection(objection, by=by, upheld=data["upheld"] == "yes", answer=data["answer"])
    return _("异议已答复。请把核实结果告诉提出的人。")


_ACTS = {
    "propose": Act(_propose, ask=questions.awarding_alone),
    "award": Act(_award, ask=questions.awarding),
    "return": Act(_return, NoteForm),
    "refuse": Act(_refuse, NoteForm, ask=questions.refusing),
    "object": Act(_object, ObjectionForm),
    "settle": Act(_settle, AnswerForm, ask=questions.settling),
}


def _page(request: HttpRequest, found: StarApplication, given: dict[str, Any], status: int) -> HttpResponse:
    if request.method == "POST":
        found.refresh_from_db(fields=["state"])
    standing = standing_of(Scope().records().filter(volunteer=found.volunteer))
    allowed = may_decide(request.user, found) and found.is_open
    own = found.proposed_by_id == request.user.pk
    context = {
        "application": found,
        "star": found.star,
        "standing": standing,
        "hours": {name: hours(getattr(standing, name)) for name in ("minutes", "unsettled", "disputed", "paid")},
        "applied_hours": hours(found.minutes),
        "needed_hours": hours(found.needed_minutes),
        "objections": queries.objections_of(found),
        "today": timezone.localdate(),
        "second_person": rules().award_second_person,
        "allowed": allowed,
        "own_star": found.applied_by_id == request.user.pk,
        "may_propose": allowed and found.is_due,
        "may_award": allowed and found.state == StarState.PROPOSED and not own,
        "may_return": allowed and found.state == StarState.PROPOSED,
        "forms": {"refuse": NoteForm(), "return": NoteForm(), "object": ObjectionForm(), **given},
        "answer_form": given.get("settle") or AnswerForm(),
    }
    return render(request, "honours/admin/star.html", context, status=status)
