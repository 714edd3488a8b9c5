"""What each role of a tenant may do; the only place that says so."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("主管")
    PUBLICIST = "publicist", _("宣传")
    REVIEWER = "reviewer", _("审核")
    COMMUNITY_WORKER = "community_worker", _("社区工作者")
    ORGANISATION_MANAGER = "organisation_manager", _("组织管理员")
    SCHOOL_MANAGER = "school_manager", _("学校管理员")
    VOLUNTEER = "volunteer", _("志愿者")


STAFF_ROLES = frozenset({Role.OFFICER, Role.PUBLICIST, Role.REVIEWER, Role.COMMUNITY_WORKER})


def has_role(user: Any, *roles: Role) -> bool:
    """Whether an active user is in one of the roles' groups; one query per user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    if not hasattr(user, "_role_names"):
        user._role_names = set(user.groups.values_list("name", flat=True))
    return bool(user._role_names & {str(role) for role in roles})


def make_groups(**_: Any) -> None:
    """One group for each role, named by the role's value."""
    for role in Role.values:
        Group.objects.get_or_create(name=role)
