"""Named reads of projects and shifts; all of them see what the public may see, unless they say otherwise."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.shortcuts import get_object_or_404
from django.utils import timezone

from portal.organisations.models import Organisation
from portal.projects.enums import ProjectState
from portal.projects.models import Project, Shift
from portal.projects.status import with_status


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


def open_shifts(now: dt.datetime | None = None) -> QuerySet[Shift]:
    """Shifts that have not begun, soonest first."""
    return public_shifts().filter(starts_at__gt=now or timezone.now()).order_by("starts_at", "pk")


def with_project(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """With what a ledger row shows, in the same query and without the long texts."""
    return shifts.select_related("project__brand", "project__division").defer("project__body", "project__words")


def for_ledger(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """With what a row of the list shows and nothing else: fewer columns are half the work of twenty rows."""
    names = ["number", "title", "venue", "who_note", "min_age", "max_age", "participation"]
    names += ["brand__name", "division__name"]
    return shifts.select_related("project__brand", "project__division").only(
        "starts_at", "ends_at", "places", "note", "taken", "waiting", *(f"project__{name}" for name in names)
    )


def coming_shifts(limit: int, *, now: dt.datetime | None = None) -> list[Shift]:
    """The next shifts with a free place, with project, brand and division; one query."""
    return list(with_project(open_shifts(now).filter(taken__lt=F("places")))[:limit])


def week_overview(*, now: dt.datetime | None = None) -> list[DayTotals]:
    """Today and the six days after it, each with its coming shifts; one query."""
    moment = now or timezone.now()
    today = timezone.localtime(moment).date()
    days = [today + dt.timedelta(days=ahead) for ahead in range(7)]
    found = (
        open_shifts(moment)
        .filter(starts_at__lt=start_of(days[-1] + dt.timedelta(days=1)))
        .order_by()
        .annotate(date=TruncDate("starts_at"))
        .values("date")
        .annotate(shifts=Count("pk"), missing=Sum(F("places") - F("taken")))
    )
    by_date = {row["date"]: row for row in found}
    return [
        DayTotals(day, *((by_date[day]["shifts"], by_date[day]["missing"]) if day in by_date else (0, 0)))
        for day in days
    ]


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


def start_of(day: dt.date) -> dt.datetime:
    """The first moment of a local day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def project_with_shifts(number: str) -> tuple[Project, list[Shift]]:
    """A public project with brand, division and organiser, and its shifts in order of time; Http404 if there is none.

    One query where it has shifts, two where it has none.
    """
    related = ("brand", "division", "organiser")
    shifts = list(
        Shift.objects.filter(project__number=number, project__live=True)
        .select_related(*(f"project__{name}" for name in related))
        .order_by("starts_at", "pk")
    )
    if not shifts:
        return get_object_or_404(public_projects().select_related(*related), number=number), []
    project = shifts[0].project
    for shift in shifts:
        shift.project = project
    return project, shifts
