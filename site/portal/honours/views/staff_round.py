"""Rounds of awards in the Wagtail admin: conditions, list, proposal, approval, progress."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from portal.core import confirming
from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.honours import domain, queries
from portal.honours.domain.rounds import default_period
from portal.honours.enums import EntryState, RoundOccasion, RoundState, Why
from portal.honours.forms import NoteForm, RoundForm, defaults, is_filled_for_its_occasion, refilled
from portal.honours.models import Entry, Round
from portal.honours.rules import may_award
from portal.honours.views import questions, ticks
from portal.volunteers.domain.minutes import hours
from portal.volunteers.views.acts import Act, perform
from portal.volunteers.views.answers import refuse

PER_PAGE = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Conditions of a new round, those that the rules say of its occasion filled in."""
    _officers_only(request)
    asked = request.GET.get("occasion", "")
    occasion = asked if asked in RoundOccasion.values else str(RoundOccasion.CAMPAIGN.value)
    start, end = default_period(timezone.localdate())
    return _conditions(request, {"start": start, "end": end, **defaults(occasion)}, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other conditions, while it is a draft."""
    _officers_only(request)
    found = get_object_or_404(Round, pk=pk)
    if not found.is_draft:
        return redirect("honours_staff:round", pk=pk)
    return _conditions(request, {"filled_for": found.occasion}, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and what may be done; a POST names it in `act`."""
    _officers_only(request)
    found = _found(pk)
    if request.method != "POST":
        return _page(request, found, {}, 200)
    act = request.POST.get("act")
    # What was confirmed was asked about the list as it was then, its ticks saved: they are no news any more.
    ticked = act not in _WITH_TICKS or confirming.was_asked(request) or ticks.save(request, found)
    if act in _TICKS_ALONE or not ticked:
        return redirect(f"{reverse('honours_staff:round', args=[pk])}?{request.GET.urlencode()}")
    if act == "edit":
        return redirect("honours_staff:round_edit", pk=pk)
    return perform(request, _ACTS, found, _page, reverse("honours_staff:round", args=[pk]))


@never_cache
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes while certificates are made: state, buttons and list, all of one moment."""
    _officers_only(request)
    return render(request, "honours/admin/_round.html", _context(request, _found(pk), {}))


def _conditions(request: HttpRequest, initial: dict[str, Any], found: Round | None) -> HttpResponse:
    form, status = RoundForm(request.POST or None, initial=initial, instance=found), 200
    asked = request.POST.get("act") == "defaults"
    if asked or not is_filled_for_its_occasion(request.POST):
        if not asked:
            messages.warning(request, _("颁发事由改了，下面的条件换成了它默认的。请核对后再提交。"))
        form = RoundForm(initial=refilled(request.POST), instance=found)
    elif request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                award = _saved(form, found, request.user)
            except DomainError as refusal:
                refuse(form, refusal)
            else:
                return redirect("honours_staff:round", pk=award.pk)
    return render(request, "honours/admin/round_form.html", {"form": form, "award": found}, status=status)


def _saved(form: RoundForm, found: Round | None, by: Any) -> Round:
    if found is None:
        return domain.draft_round(by=by, **form.values())
    return domain.change_round(found, by=by, **form.values())


def _list(found: Round, by: Any, data: dict[str, Any]) -> str:
    domain.list_round(found, by=by)
    return _("名单已按现在的记录重新生成。")


def _propose(found: Round, by: Any, data: dict[str, Any]) -> str:
    moved = domain.propose_round(found, by=by)
    if moved.state == RoundState.APPROVED:
        return _("开始颁发，证书在后台制作。")
    return _("已提交，通知了其他主管。")


def _approve(found: Round, by: Any, data: dict[str, Any]) -> str:
    domain.approve_round(found, by=by)
    return _("已批准，证书在后台制作。")


def _return(found: Round, by: Any, data: dict[str, Any]) -> str:
    domain.return_round(found, by=by, **data)
    return _("已退回，可以再改。")


def _drop(found: Round, by: Any, data: dict[str, Any]) -> str:
    domain.drop_round(found, by=by)
    return _("这一批不办了，名单已删除。")


def _go_on(found: Round, by: Any, data: dict[str, Any]) -> str:
    domain.go_on(found, by=by)
    return _("已重新排队，接着颁发。")


_ACTS = {
    "list": Act(_list),
    "propose": Act(_propose, ask=questions.proposing),
    "approve": Act(_approve, ask=questions.issuing),
    "return": Act(_return, NoteForm),
    "drop": Act(_drop, ask=questions.dropping),
    "go_on": Act(_go_on),
}
_TICKS_ALONE = {"tick", "turn"}
"""Saved, and then the page that the button's address names: the same one, another one, the other list."""
_WITH_TICKS = {*_TICKS_ALONE, "edit", "list", "propose", "drop"}
"""Every button of a draft: what is ticked there and not saved yet goes along."""


def _page(request: HttpRequest, found: Round, given: dict[str, Any], status: int) -> HttpResponse:
    if request.method == "POST":
        found = _found(found.pk)
    return render(request, "honours/admin/round.html", _context(request, found, given), status=status)


def _context(request: HttpRequest, found: Round, given: dict[str, Any]) -> dict[str, Any]:
    out = request.GET.get("show") == "out"
    page = Paginator(queries.listed(found, out=out), PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(entry) for entry in page]
    mine = queries.has_entry_of(found, request.user)
    own = found.proposed_by_id == request.user.pk
    return {
        "out": out,
        "which": "show=out" if out else "",
        "page_obj": page,
        "rows": rows,
        "tickable": any(row["tickable"] for row in rows),
        "projects": list(found.projects.all()),
        "least_hours": hours(found.least_minutes),
        "second_person": rules().award_second_person,
        "mine": mine,
        "may_approve": found.state == RoundState.PROPOSED and not own and not mine,
        "own": own,
        "forms": {"return": NoteForm(), **given},
        **_progress(found),
    }


def _row(entry: Entry) -> dict[str, Any]:
    """A person is shown masked; whoever must know more opens the person."""
    name = entry.volunteer.masked_name if entry.volunteer else str(entry.organisation)
    return {
        "entry": entry,
        "name": name,
        "number": entry.volunteer.number if entry.volunteer else "",
        "hours": hours(entry.minutes),
        "unsettled": hours(entry.unsettled) if entry.unsettled else "",
        "paid": hours(entry.paid) if entry.paid else "",
        "tickable": entry.state == EntryState.CHOSEN or entry.why == Why.BY_HAND,
        "ticked": entry.state == EntryState.CHOSEN,
    }


def _progress(found: Round) -> dict[str, Any]:
    progress = queries.progress_of(found)
    polling = found.state == RoundState.APPROVED or (found.state == RoundState.DONE and not progress.is_over)
    return {"award": found, "progress": progress, "polling": polling}


def _found(pk: int) -> Round:
    rounds = Round.objects.select_related("made_by", "proposed_by", "decided_by")
    return get_object_or_404(rounds, pk=pk)


def _officers_only(request: HttpRequest) -> None:
    if not may_award(request.user):
        raise PermissionDenied
