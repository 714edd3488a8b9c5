"""Honours of a demo site: a star awarded, one under publicity, one to approve; a student week, a campaign, a team."""

import random
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from certificates.errors import CertificateError
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.core.workdays import workdays_after
from portal.demo.service import changes_of, record_of, sign_up_all
from portal.honours.domain import (
    apply_for_star,
    approve_round,
    award_star,
    draft_round,
    propose_round,
    propose_star,
    telling,
)
from portal.honours.domain.rounds import default_conditions
from portal.honours.models import StarApplication
from portal.notices.models import Notice
from portal.organisations.enums import MemberRole, OrganisationKind
from portal.organisations.models import Membership
from portal.projects.models import Project, Shift
from portal.volunteers.models import RecordChange, ServiceRecord, SignUp, Volunteer
from tenants.models import Tenant

_WEEKS = range(15, 42)
"""How many weeks ago the regulars served: 27 times four hours are more than a first star needs."""
_ALWAYS = "volunteer"


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """Regulars with a hundred hours, the school's pupils with a week of practice, and what officers made of it."""
    officer, second = (User.objects.get(username=name) for name in ("officer", "officer2"))
    projects = Project.objects.filter(live=True, is_paid=False).select_related("organiser", "in_charge", "division")
    regulars = _regulars()
    weekly = projects.exclude(organiser__kind=OrganisationKind.SCHOOL).order_by("pk").first()
    days = [today - timedelta(weeks=weeks, days=today.weekday() - 5) for weeks in _WEEKS]
    _serve(weekly, days, regulars, officer, rng)
    week = _week(today)
    at_school = projects.filter(organiser__kind=OrganisationKind.SCHOOL).order_by("pk").first()
    if at_school is not None:
        _serve(at_school, week, _pupils(), officer, rng)
    _stars(regulars, today, officer, second)
    _rounds(weekly, days, week, today, officer, second, vacation=tenant.division_code.startswith("45"))


def _regulars() -> list[Volunteer]:
    """The volunteer with whom people sign in, and two others."""
    others = Volunteer.objects.exclude(user__memberships__isnull=False).exclude(user__username=_ALWAYS)
    return [Volunteer.objects.get(user__username=_ALWAYS), *others.order_by("pk")[:2]]


def _pupils() -> list[Volunteer]:
    held = Membership.objects.filter(organisation__kind=OrganisationKind.SCHOOL, role=MemberRole.MEMBER)
    others = Volunteer.objects.exclude(user__username=_ALWAYS)
    return list(others.filter(user__in=held.values("user")).order_by("pk")[:3])


def _week(today: date) -> list[date]:
    """Monday to Friday of the first whole week of the last August."""
    first = date(today.year if today.month > 8 else today.year - 1, 8, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    return [monday + timedelta(days=day) for day in range(5)]


def _serve(project: Project, days: list[date], people: list[Volunteer], officer: User, rng: random.Random) -> None:
    """Four hours of each on each day, confirmed."""
    shifts = Shift.objects.bulk_create(
        Shift(project=project, starts_at=_at(day, 8), ends_at=_at(day, 12), places=len(people) + 1) for day in days
    )
    sign_ups = [(shift, sign_up) for shift in shifts for sign_up in sign_up_all(shift, people)]
    SignUp.objects.filter(shift__in=shifts).update(attended=True)
    rows = [record_of(shift, sign_up, officer, rng, confirmed=True) for shift, sign_up in sign_ups]
    ServiceRecord.objects.bulk_create(rows)
    RecordChange.objects.bulk_create(changes_of(rows))


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 30)))


def _stars(regulars: list[Volunteer], today: date, officer: User, second: User) -> None:
    """The first has the star, the second waits for the officer's approval, the third is public."""
    for number, volunteer in enumerate(regulars):
        with suppress(DomainError, CertificateError):
            applied = apply_for_star(volunteer, level=1, publicity_consent=True)
            if number == 2:
                continue
            _publicise_earlier(applied, today)
            proposed = propose_star(applied, by=second)
            if number == 0:
                award_star(proposed, by=officer)


def _publicise_earlier(application: StarApplication, today: date) -> None:
    """As if applied for just so long ago that its working days are over, and its volunteer told then."""
    days = (today - timedelta(days=back) for back in count(1))
    ends = ((day, workdays_after(day, rules().publicity_workdays).date) for day in days)
    day, application.publicity_until = next((day, until) for day, until in ends if until < today)
    application.applied_at = _at(day, 10)
    application.save(update_fields=["publicity_until", "applied_at"])
    told = Notice.objects.filter(user=application.volunteer.user_id, kind="star_applied")
    told.delete()
    telling.applied(application)
    told.update(created_at=application.applied_at)


def _rounds(
    weekly: Project, days: list[date], week: list[date], today: date, officer: User, second: User, *, vacation: bool
) -> None:
    """A student week and a team's certificate that were approved, a campaign that waits for the officer."""
    title = "“青春益志·情暖夕阳”假期志愿服务" if vacation else "“寸草心”学生实践周"
    _round(second, officer, occasion="student_week", title=title, start=week[0], end=week[-1])
    _round(
        second, officer, occasion="group", title=f"{today.year}年助老志愿服务", start=min(days), end=max(days),
        projects=[weekly],
    )  # fmt: skip
    begins = today - timedelta(days=60)
    _round(
        second, None, occasion="campaign", title=f"{today.year}年敬老月", start=begins, end=today, least_minutes=120
    )  # fmt: skip


def _round(by: User, approver: User | None, **values: Any) -> None:
    with suppress(DomainError):
        award = draft_round(by=by, **{**default_conditions(values["occasion"]), **values})
        proposed = propose_round(award, by=by)
        if approver:
            approve_round(proposed, by=approver)
