"""The first page after signing in: what waits, where one is expected, hours and certificates."""

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core import almanac
from portal.core.waiting import waiting_for
from portal.organisations.enums import MemberRole
from portal.organisations.queries import memberships_of
from portal.volunteers import queries, rules
from portal.volunteers.domain.minutes import hours
from portal.volunteers.models import SignUp
from portal.volunteers.views.certificates import sheets_of
from portal.volunteers.views.lines import account_lines

_LINES = 5


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything of this person on one sheet; whoever is no volunteer sees what waits for them alone."""
    volunteer = queries.volunteer_of(request.user)
    waiting = waiting_for(request.user)
    context: dict[str, Any] = {
        "waiting": waiting.desk,
        "waiting_in_admin": len(waiting.admin),
        "volunteer": volunteer,
        "answers_for": rules.answers_for_any(request.user),
        **_standing(request.user),
    }
    if volunteer:
        sums = queries.totals(volunteer)
        context |= {
            "days": _by_day(queries.coming_sign_ups(volunteer)),
            "lines": account_lines(queries.account(volunteer)[:_LINES]),
            "times": sums.times,
            "hours": hours(sums.minutes),
            "sheets": sheets_of(volunteer)[:_LINES],
        }
    return render(request, "volunteers/desk.html", context)


def _standing(user: Any) -> dict[str, Any]:
    """Whether this person belongs to an organisation, and which they run; one query."""
    memberships = list(memberships_of(user))
    runs = [one.organisation for one in memberships if one.role == MemberRole.MANAGER]
    return {"is_member": bool(memberships), "runs": runs}


def _by_day(sign_ups: list[SignUp]) -> list[tuple[almanac.Day, list[SignUp]]]:
    """Under their calendar leaves."""
    groups = groupby(sign_ups, key=lambda sign_up: timezone.localdate(sign_up.shift.starts_at))
    return [(almanac.day(date), list(rows)) for date, rows in groups]
