"""What publishing and unpublishing mean for a project, whoever does it: editor, workflow or schedule."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.projects.domain.moves import move, open_to_public
from portal.projects.enums import ProjectState
from portal.projects.models import Project, Shift
from portal.projects.signals import project_published, shift_moved, shift_places_changed


class InUse(DomainError):
    """People have signed up: it can be cancelled, not made to vanish."""


def lock_project(project: Project) -> None:
    """Verbs on the same project follow one another."""
    Project.objects.select_for_update(no_key=True).values_list("pk").get(pk=project.pk)


def publish_project(project: Project, *, by: Any) -> Project:
    """Publish the latest draft; the published project, freshly read."""
    with transaction.atomic():
        revision = project.get_latest_revision() if project.has_unpublished_changes else None
        (revision or project.save_revision(user=by)).publish(user=by, skip_permission_checks=True)
    return Project.objects.get(pk=project.pk)


def locked_shifts(project: Project) -> dict[int, Shift]:
    """The stored shifts as they are now; nobody signs up or withdraws until the transaction ends.

    A project is always locked before its shifts: two verbs that meet wait for each other instead of failing.
    """
    lock_project(project)
    return {shift.pk: shift for shift in Shift.objects.filter(project_id=project.pk).order_by("pk").select_for_update()}


def after_publication(project: Project, *, before: dict[int, Shift], by: Any) -> None:
    """State, and everything that people who signed up must learn; in the transaction of the publication."""
    if not Project.objects.filter(pk=project.pk, live=True).exists():
        return  # only scheduled
    stored = Project.objects.get(pk=project.pk)
    if stored.state != ProjectState.CANCELLED:
        open_to_public(stored)
    for shift in Shift.objects.filter(project_id=project.pk, pk__in=before):
        was = before[shift.pk]
        if (was.starts_at, was.ends_at) != (shift.starts_at, shift.ends_at):
            shift_moved.send(sender=Shift, shift=shift, starts_at=was.starts_at, ends_at=was.ends_at)
        if was.places != shift.places:
            shift_places_changed.send(sender=Shift, shift=shift, places=was.places)
    project_published.send(sender=Project, project=stored, by=by)


def is_in_use(project: Project) -> bool:
    """Whether anybody has ever signed up for one of its shifts."""
    return any(shift.is_in_use() for shift in Shift.objects.filter(project_id=project.pk))


def before_unpublication(project: Project) -> None:
    """Refuse when somebody counts on it; otherwise it becomes a draft again."""
    if any(shift.is_in_use() for shift in locked_shifts(project).values()):
        raise InUse(_("已有人报名，不能撤回为草稿。请改为“取消项目”，系统会通知报名的人。"), field="live")
    move(project, ProjectState.DRAFT)
