"""What a published project is at a given moment: computed, so that pages are right when no worker runs."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, QuerySet, Value, When

from portal.projects.enums import PUBLISHED, ProjectState
from portal.projects.models import Project, Shift


def status_of(state: str, shifts: Iterable[Shift], now: dt.datetime) -> str:
    """The state by places and clock; draft, in_review and cancelled are decisions and stay.

    While a shift is still to come the question is whether it has places; after that, whether one is under way.
    """
    if state not in PUBLISHED:
        return state
    held = [shift for shift in shifts if not shift.is_cancelled]
    coming = [shift for shift in held if not shift.has_begun(now)]
    if coming:
        return str(ProjectState.RECRUITING if any(shift.left for shift in coming) else ProjectState.FULL)
    if any(not shift.has_ended(now) for shift in held):
        return str(ProjectState.RUNNING)
    return str(ProjectState.FINISHED if held else ProjectState.RECRUITING)


def with_status(projects: QuerySet[Project], now: dt.datetime) -> QuerySet[Project]:
    """Adds `status`, the same answer as `status_of`, from the database."""
    held = Shift.objects.filter(project=OuterRef("pk"), cancelled_at=None).order_by()
    coming = held.filter(starts_at__gt=now)
    cases = [
        When(_not_published(), then=F("state")),
        When(Exists(coming.filter(taken__lt=F("places"))), then=Value(str(ProjectState.RECRUITING))),
        When(Exists(coming), then=Value(str(ProjectState.FULL))),
        When(Exists(held.filter(ends_at__gt=now)), then=Value(str(ProjectState.RUNNING))),
        When(Exists(held), then=Value(str(ProjectState.FINISHED))),
    ]
    default = Value(str(ProjectState.RECRUITING))
    return projects.annotate(status=Case(*cases, default=default, output_field=CharField()))


def _not_published() -> Case:
    inside = When(state__in=[str(state) for state in PUBLISHED], then=Value(False))
    return Case(inside, default=Value(True), output_field=BooleanField())
