"""Calling off a project or one of its shifts, with a reason that reaches those signed up."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.core.errors import DomainError
from portal.projects.domain.moves import ImpossibleMove, move, settle
from portal.projects.enums import PUBLISHED, ProjectState
from portal.projects.models import Project, Shift
from portal.projects.signals import project_cancelled, shift_cancelled
from portal.projects.status import status_of
from search import listings


class NoReason(DomainError):
    """Somebody who made time must learn why."""


@transaction.atomic
@listings.collecting()
def cancel_project(project: Project, *, reason: str, by: Any) -> None:
    """Call the whole project off; receivers of `project_cancelled` tell those signed up, in this transaction."""
    reason = _checked(reason)
    stored = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    now = timezone.now()
    status = status_of(stored.state, Shift.objects.filter(project=stored).select_for_update(), now)
    if stored.is_cancelled:
        raise ImpossibleMove(_("项目已经取消了。"), field="state")
    if status == ProjectState.FINISHED:
        raise ImpossibleMove(_("项目已经结束，不能取消。"), field="state")
    if stored.state not in PUBLISHED:
        raise ImpossibleMove(_("只有已发布的项目可以取消；草稿请直接删除。"), field="state")
    settle(stored, now=now)
    move(stored, ProjectState.CANCELLED, cancelled_at=now, cancelled_reason=reason)
    for name in ("state", "cancelled_at", "cancelled_reason"):
        setattr(project, name, getattr(stored, name))
    log(instance=stored, action="projects.cancel", user=by, data={"reason": reason})
    project_cancelled.send(sender=Project, project=stored, reason=reason, by=by)


@transaction.atomic
def cancel_shift(shift: Shift, *, reason: str, by: Any) -> None:
    """Call one shift off before it begins; receivers of `shift_cancelled` tell those signed up for it."""
    reason = _checked(reason)
    project = Project.objects.select_for_update(no_key=True).get(pk=shift.project_id)
    stored = Shift.objects.select_for_update().get(pk=shift.pk)
    now = timezone.now()
    if stored.is_cancelled:
        raise ImpossibleMove(_("%(shift)s这一班已经取消了。") % {"shift": stored}, field="shift")
    if stored.has_begun(now):
        raise ImpossibleMove(_("%(shift)s这一班已经开始，不能取消。") % {"shift": stored}, field="shift")
    stored.cancelled_at, stored.cancelled_reason = now, reason
    stored.save(update_fields=["cancelled_at", "cancelled_reason"])
    shift.cancelled_at, shift.cancelled_reason = now, reason
    settle(project, now=now)
    log(instance=project, action="projects.cancel_shift", user=by, data={"shift": str(stored), "reason": reason})
    shift_cancelled.send(sender=Shift, shift=stored, reason=reason, by=by)


def _checked(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise NoReason(_("请写明取消的原因，它会发给每一位报名的人。"), field="reason")
    if len(reason) > 200:
        raise NoReason(_("原因不超过200字。"), field="reason")
    return reason
