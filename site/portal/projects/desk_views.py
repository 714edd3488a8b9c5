"""At the desk: the projects of an organisation that one runs, and the offer of a new one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.core import feedback
from portal.organisations.models import Organisation
from portal.projects import queries, rules
from portal.projects.domain.propose import BadShifts, SentTwice, propose_project
from portal.projects.proposal_forms import ShiftForms, proposal_form


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Projects of the organisations that this person manages, with where each stands."""
    organisations = list(rules.organisations_that_propose(request.user))
    if not organisations:
        raise PermissionDenied
    context = {"organisations": organisations, "projects": queries.projects_of(organisations)}
    return render(request, "projects/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a project in the name of the organisation `pk`."""
    organiser = get_object_or_404(Organisation, pk=pk, is_active=True)
    if not rules.may_propose(request.user, organiser):
        raise PermissionDenied
    form = proposal_form(request.POST or None, within=organiser.division)
    shifts = ShiftForms(request.POST or None, prefix="shifts")
    if request.method == "POST" and all([form.is_valid(), shifts.is_valid()]):
        filled = [shift.shift() for shift in shifts if shift.has_changed()]
        try:
            propose_project(organiser, values=form.values(), shifts=filled, by=request.user)
        except (BadShifts, SentTwice) as refusal:
            form.add_error("title" if refusal.field == "title" else None, refusal.messages[0])
        else:
            feedback.done(request, _("已送审"), _("主管审核后会发布在网站上，结果会通知您。"))
            return redirect("projects_desk:mine")
    _repeat_above(form, shifts)
    context = {"organiser": organiser, "form": form, "shifts": shifts}
    return render(
        request, "projects/propose.html", context, status=400 if form.errors or shifts.total_error_count() else 200
    )


def _repeat_above(form: Any, shifts: Any) -> None:
    """What is wrong with a shift stands in the summary too: the shifts are far down the page."""
    for number, shift in enumerate(shifts, 1):
        for field in shift if form.is_bound else ():
            for error in field.errors:
                form.add_error(None, f"{_('第%(number)s班') % {'number': number}}，{field.label}：{error}")
