"""What waits for officers: projects to review."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.core.waiting import WaitingItem, waits
from portal.projects import rules
from portal.projects.enums import ProjectState
from portal.projects.models import Project


@waits
def projects_to_review(user: Any) -> Iterable[WaitingItem]:
    """Those in review, oldest first; one query."""
    if not rules.may_cancel(user):
        return
    found = Project.objects.filter(state=ProjectState.IN_REVIEW).only("pk", "title", "number").order_by("pk")[:10]
    for project in found:
        yield WaitingItem(
            title=project.title,
            url=f"/cms/snippets/projects/project/edit/{project.pk}/",
            action=_("去审核"),
            detail=_("项目待审核，编号%(number)s") % {"number": project.number},
            staff=True,
        )
