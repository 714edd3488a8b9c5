"""Follows Wagtail's workflow: what is submitted is in review, what comes back is a draft."""

from typing import Any

from portal.projects.domain import move
from portal.projects.enums import ProjectState
from portal.projects.models import Project


def submitted(*, instance: Any, **_: Any) -> None:
    """A task of a workflow begins; `instance` is its state."""
    _follow(instance.workflow_state.content_object, ProjectState.DRAFT, ProjectState.IN_REVIEW)


def returned(*, instance: Any, **_: Any) -> None:
    """A workflow was cancelled, or asks for changes; after an approval the publication decides."""
    _follow(instance.content_object, ProjectState.IN_REVIEW, ProjectState.DRAFT)


def _follow(subject: Any, held: Any, to: Any) -> None:
    # A published project that is edited again keeps its state: the public still sees it.
    if isinstance(subject, Project) and Project.objects.filter(pk=subject.pk, state=str(held)).exists():
        move(subject, to)
