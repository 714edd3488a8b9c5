"""The states of a project and the moves between them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectState(models.TextChoices):
    """draft and in_review follow the editors, recruiting and full the places, running and finished the clock."""

    DRAFT = "draft", _("草稿")
    IN_REVIEW = "in_review", _("审核中")
    RECRUITING = "recruiting", _("招募中")
    FULL = "full", _("已满")
    RUNNING = "running", _("进行中")
    FINISHED = "finished", _("已结束")
    CANCELLED = "cancelled", _("已取消")


_S: Any = ProjectState

#: States in which the public sees the project as something to come.
PUBLISHED = frozenset({_S.RECRUITING, _S.FULL, _S.RUNNING, _S.FINISHED})

#: Which states may follow which. A published change (a shift added, moved or widened) may lead back from
#: running or finished; cancelled is the end.
TRANSITIONS: dict[str, frozenset[str]] = {
    _S.DRAFT: frozenset({_S.IN_REVIEW, *PUBLISHED}),
    _S.IN_REVIEW: frozenset({_S.DRAFT, *PUBLISHED}),
    _S.RECRUITING: frozenset({_S.FULL, _S.RUNNING, _S.FINISHED, _S.DRAFT, _S.CANCELLED}),
    _S.FULL: frozenset({_S.RECRUITING, _S.RUNNING, _S.FINISHED, _S.DRAFT, _S.CANCELLED}),
    _S.RUNNING: frozenset({_S.RECRUITING, _S.FULL, _S.FINISHED, _S.CANCELLED}),
    _S.FINISHED: frozenset({_S.RECRUITING, _S.FULL, _S.RUNNING}),
    _S.CANCELLED: frozenset(),
}
