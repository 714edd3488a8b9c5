"""The one function that moves a project from state to state, and those that let places and clock decide."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.projects.enums import PUBLISHED, TRANSITIONS, ProjectState
from portal.projects.models import Project
from portal.projects.status import status_of, with_status
from search import listings


class ImpossibleMove(DomainError):
    """The table of transitions does not know this step."""


@transaction.atomic
def move(project: Project, to: str, **values: Any) -> bool:
    """Lead `project` into the state `to`, writing `values` with it; False when it is there already."""
    was = Project.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=project.pk)
    if was == to:
        return False
    if to not in TRANSITIONS[was]:
        labels = {"was": ProjectState(was).label, "to": ProjectState(to).label}
        raise ImpossibleMove(_("“%(was)s”的项目不能改为“%(to)s”。") % labels, field="state")
    Project.objects.filter(pk=project.pk).update(state=to, **values)
    for name, value in {"state": to, **values}.items():
        setattr(project, name, value)
    if to in PUBLISHED or to == ProjectState.CANCELLED:
        listings.changed(project)
    return True


def settle(project: Project, *, now: dt.datetime | None = None) -> bool:
    """Store what places and clock make of a published project; anybody may call it at any time."""
    state = Project.objects.values_list("state", flat=True).get(pk=project.pk)
    if state not in PUBLISHED:
        return False
    return move(project, status_of(state, _stored_shifts(project), now or timezone.now()))


def open_to_public(project: Project, *, now: dt.datetime | None = None) -> bool:
    """After a publication: out of draft and review, into what places and clock say."""
    return move(project, status_of(str(ProjectState.RECRUITING), _stored_shifts(project), now or timezone.now()))


def follow_clock(*, now: dt.datetime | None = None) -> int:
    """Settle every published project of this tenant whose stored state has been overtaken; how many moved."""
    moment = now or timezone.now()
    live = Project.objects.filter(state__in=[str(state) for state in PUBLISHED])
    overtaken = with_status(live, moment).exclude(status=F("state"))
    return sum(settle(project, now=moment) for project in overtaken.only("pk", "state"))


def _stored_shifts(project: Project) -> list[Any]:
    # Not project.shifts: an editor's copy of the project carries shifts that are not saved.
    from portal.projects.models import Shift

    return list(Shift.objects.filter(project_id=project.pk))
