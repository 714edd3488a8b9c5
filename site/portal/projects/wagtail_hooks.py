"""Registers projects with the Wagtail admin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from portal.projects import rules
from portal.projects.domain.publication import is_in_use
from portal.projects.models import Project
from portal.projects.viewsets import ProjectViewSet, staff_urls

register_snippet(ProjectViewSet)


@hooks.register("register_admin_urls")
def staff_addresses() -> list[URLResolver]:
    return [path("", include((staff_urls, "projects_staff")))]


@hooks.register("register_log_actions")
def name_actions(actions: Any) -> None:
    """How our verbs read in the history."""
    actions.register_action("projects.cancel", gettext_lazy("取消项目"), gettext_lazy("项目已取消"))
    actions.register_action("projects.cancel_shift", gettext_lazy("取消班次"), gettext_lazy("班次已取消"))


@hooks.register("before_delete_snippet")
def refuse_erasing(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """What has once been published stays: records and certificates may refer to it."""
    if any(isinstance(instance, Project) and not rules.may_delete(instance) for instance in instances):
        messages.error(request, _("发布过的项目不能删除，请改为“取消项目”。"))
        return redirect("wagtailsnippets_projects_project:list")
    return None


@hooks.register("before_unpublish")
def refuse_hiding(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """A message in place of the error that the verb would raise."""
    if isinstance(instance, Project) and is_in_use(instance):
        messages.error(request, _("已有人报名，不能撤回为草稿。请改为“取消项目”，系统会通知报名的人。"))
        return redirect("wagtailsnippets_projects_project:edit", instance.pk)
    return None
