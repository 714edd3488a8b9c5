"""The same project again, some weeks later."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.projects.enums import ProjectState
from portal.projects.models import Project, Shift

_FRESH = {
    "id", "number", "state", "cancelled_at", "cancelled_reason", "words", "created_at", "live",
    "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "latest_revision",
    "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by",
}  # fmt: skip
_WEEK = dt.timedelta(days=7)


@transaction.atomic
def copy_project(project: Project, *, by: Any, now: dt.datetime | None = None) -> Project:
    """A new draft with the same text; its shifts are moved by whole weeks until the first lies ahead."""
    moment = now or timezone.now()
    values = {
        field.attname: getattr(project, field.attname)
        for field in Project._meta.concrete_fields
        if field.name not in _FRESH
    }
    copy = Project(**values, live=False, has_unpublished_changes=True, state=ProjectState.DRAFT)
    shifts = list(Shift.objects.filter(project_id=project.pk, cancelled_at=None))
    if shifts:
        ahead = _weeks_ahead(min(shift.starts_at for shift in shifts), moment)
        copy.shifts = [
            Shift(starts_at=s.starts_at + ahead, ends_at=s.ends_at + ahead, places=s.places, note=s.note)
            for s in shifts
        ]
    copy.save()
    copy.save_revision(user=by, log_action="wagtail.copy", clean=False)
    return copy


def _weeks_ahead(first: dt.datetime, now: dt.datetime) -> dt.timedelta:
    passed = max(now - first, dt.timedelta())
    return _WEEK * (passed // _WEEK + 1)
