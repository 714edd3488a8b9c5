"""An organisation offers a project: a draft that goes to the officers for review."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.organisations.models import Organisation
from portal.projects.domain.schedule import faults
from portal.projects.enums import ProjectState
from portal.projects.models import Project, Shift

#: Within this time the same title of the same organiser at the same venue is a button pressed twice.
TWICE_WITHIN = dt.timedelta(minutes=10)


class BadShifts(DomainError):
    """The shifts cannot stand; the message says which and why."""


class SentTwice(DomainError):
    """The same thing has just been sent."""


@transaction.atomic
def propose_project(organiser: Organisation, *, values: Mapping[str, Any], shifts: Sequence[Shift], by: Any) -> Project:
    """Make the draft and submit it to the project workflow; `by` is in charge of it."""
    # The lock makes the second of two equal requests wait for the first and then see it.
    Organisation.objects.select_for_update().get(pk=organiser.pk)
    if was_just_sent(organiser, title=values["title"], venue=values["venue"]):
        raise SentTwice(_("刚才已经送出同名的项目，正在审核，不必再送一次。"), field="title")
    if not shifts:
        raise BadShifts(_("请至少写一班：日期、开始和结束的时间、名额。"), field="shifts")
    for shift, _field, message in faults(shifts, before={}, now=timezone.now()):
        raise BadShifts(f"{shift}：{message}", field="shifts")
    project = Project(
        **values, organiser=organiser, in_charge=by, live=False, has_unpublished_changes=True, state=ProjectState.DRAFT
    )
    project.shifts = list(shifts)
    project.save()
    project.save_revision(user=by, log_action="wagtail.create")
    project.get_workflow().start(project, by)
    return project


def was_just_sent(organiser: Organisation, *, title: str, venue: str) -> bool:
    """Whether the organiser has made a project of this title at this venue within the last minutes."""
    since = timezone.now() - TWICE_WITHIN
    return Project.objects.filter(organiser=organiser, title=title, venue=venue, created_at__gt=since).exists()
