"""Named reads of projects and shifts; all of them see what the public may see, unless they say otherwise."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CharField, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.shortcuts import get_object_or_404
from django.utils import timezone

from portal.organisations.models import Organisation
from portal.projects.enums import ProjectState
from portal.projects.models import Project, Shift
from portal.projects.status import with_status
from tenants.reads import Given, Read


@dataclass(frozen=True, slots=True)
class DayTotals:
    """One day: how many shifts begin on it and how many people they still lack."""

    date: dt.date
    shifts: int
    missing: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What the site offers now and has brought about so far; nothing that was called off."""

    projects: int
    coming_shifts: int
    missing: int
    finished_shifts: int


def public_projects() -> QuerySet[Project]:
    """Everything that has an address: published and cancelled projects, drafts never."""
    return Project.objects.filter(live=True)


def public_shifts() -> QuerySet[Shift]:
    """Shifts that take place: neither they nor their project are cancelled."""
    return Shift.objects.filter(project__live=True, cancelled_at=None).exclude(project__state=ProjectState.CANCELLED)


def open_shifts(now: Any = None) -> QuerySet[Shift]:
    """Shifts that have not begun at `now` (a moment, or `Given` as one), soonest first."""
    return public_shifts().filter(starts_at__gt=now or timezone.now()).order_by("starts_at", "pk")


def with_project(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """With what a ledger row shows, in the same query and without the long texts."""
    return shifts.select_related("project__brand", "project__division").defer("project__body", "project__words")


def for_ledger(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """With what a row of the list shows and nothing else: fewer columns are half the work of twenty rows."""
    names = ["number", "title", "venue", "who_note", "min_age", "max_age", "participation", "service_kinds"]
    names += ["brand__name", "division__name"]
    return shifts.select_related("project__brand", "project__division").only(
        "starts_at", "ends_at", "places", "note", "taken", "waiting", *(f"project__{name}" for name in names)
    )


_NOW = Given("now", DateTimeField())
_DAYS = Read(
    lambda: (
        open_shifts(_NOW)
        .order_by()
        .annotate(date=TruncDate("starts_at", tzinfo=timezone.get_default_timezone()))
        .values_list("date")
        .annotate(shifts=Count("pk"), missing=Sum(F("places") - F("taken")))
    )
)


def coming_shifts(limit: int, *, now: dt.datetime | None = None) -> list[Shift]:
    """The next shifts with a free place, with project, brand and division; one query."""
    return _coming(limit)(now=now or timezone.now())


@cache
def _coming(limit: int) -> Read:
    return Read(lambda: for_ledger(open_shifts(_NOW).filter(taken__lt=F("places")))[:limit])


def coming_days(*, now: dt.datetime | None = None) -> dict[dt.date, DayTotals]:
    """Every day on which a shift is still to begin; one query."""
    return {row[0]: DayTotals(*row) for row in _DAYS(now=now or timezone.now())}


def week_of(days: dict[dt.date, DayTotals], *, now: dt.datetime) -> list[DayTotals]:
    """Today and the six days after it."""
    today = timezone.localtime(now).date()
    return [days.get(day, DayTotals(day, 0, 0)) for day in (today + dt.timedelta(days=ahead) for ahead in range(7))]


def totals(*, now: dt.datetime | None = None) -> Totals:
    """Sums over the whole site; two queries."""
    moment = now or timezone.now()
    coming = Q(starts_at__gt=moment)
    sums = public_shifts().aggregate(
        coming=Count("pk", filter=coming),
        missing=Sum(F("places") - F("taken"), filter=coming, default=0),
        finished=Count("pk", filter=Q(ends_at__lte=moment)),
    )
    held = public_projects().exclude(state=ProjectState.CANCELLED)
    return Totals(held.count(), sums["coming"], sums["missing"], sums["finished"])


def projects_of(organisers: Sequence[Organisation], *, now: dt.datetime | None = None) -> list[Project]:
    """All projects of these organisations, newest first, with `status`; one query."""
    found = Project.objects.filter(organiser__in=organisers).select_related("organiser").order_by("-pk")
    return list(with_status(found.defer("body", "words"), now or timezone.now())[:100])


def public_organisations() -> QuerySet[Organisation]:
    """Bodies with a page of their own: registered ones, and those whose projects stand on the site."""
    offering = public_projects().filter(organiser=OuterRef("pk"))
    active = Organisation.objects.filter(is_active=True)
    return active.filter(Q(uscc__isnull=False) | Exists(offering)).select_related("division")


def start_of(day: dt.date) -> dt.datetime:
    """The first moment of a local day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


_RELATED = ("brand", "division", "organiser")
_NUMBER = Given("number", CharField())
_SHIFTS = Read(
    lambda: (
        Shift.objects.filter(project__number=_NUMBER, project__live=True)
        .select_related(*(f"project__{name}" for name in _RELATED))
        .defer("project__words")
        .order_by("starts_at", "pk")
    )
)


def project_with_shifts(number: str) -> tuple[Project, list[Shift]]:
    """A public project with brand, division and organiser, and its shifts in order of time; Http404 if there is none.

    One query where it has shifts, two where it has none.
    """
    shifts = _SHIFTS(number=number)
    if not shifts:
        return get_object_or_404(public_projects().select_related(*_RELATED), number=number), []
    project = shifts[0].project
    for shift in shifts:
        shift.project = project
    return project, shifts
