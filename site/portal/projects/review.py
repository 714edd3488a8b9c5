"""Follows Wagtail's workflow: what is submitted is in review, what comes back is a draft."""

from typing import Any

from django.utils.translation import gettext

from portal.notices.domain import notify, say
from portal.projects.domain import move
from portal.projects.enums import ProjectState
from portal.projects.models import Project


def submitted(*, instance: Any, **_: Any) -> None:
    """A task of a workflow begins; `instance` is its state."""
    _follow(instance.workflow_state.content_object, ProjectState.DRAFT, ProjectState.IN_REVIEW)


def returned(*, instance: Any, **_: Any) -> None:
    """A workflow was cancelled, or asks for changes; after an approval the publication decides."""
    _follow(instance.content_object, ProjectState.IN_REVIEW, ProjectState.DRAFT)


def tell_approved(*, instance: Any, **_: Any) -> None:
    """Whoever submitted it learns that it stands on the site."""
    project = instance.content_object
    if isinstance(project, Project) and instance.requested_by:
        said = say(
            lambda: (
                gettext("“%(title)s”已通过审核") % {"title": project.title},
                gettext("项目已经发布，编号%(number)s。") % {"number": project.number},
            )
        )
        notify(instance.requested_by, said, url=project.get_absolute_url(), kind="project_review")


def tell_returned(*, instance: Any, **_: Any) -> None:
    """Whoever submitted it learns that it came back, and why."""
    project = instance.content_object
    if isinstance(project, Project) and instance.requested_by:
        task = instance.current_task_state
        reason = task.get_comment() if task else ""
        said = say(
            lambda: (
                gettext("“%(title)s”退回修改") % {"title": project.title},
                gettext("意见：%(reason)s") % {"reason": reason or gettext("没有写明，请联系主管。")},
            )
        )
        notify(instance.requested_by, said, kind="project_review")


def _follow(subject: Any, held: Any, to: Any) -> None:
    # A published project that is edited again keeps its state: the public still sees it.
    if isinstance(subject, Project) and Project.objects.filter(pk=subject.pk, state=str(held)).exists():
        move(subject, to)
