"""Wagtail's bulk actions on users, kept from one's own account and from superusers."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from portal.accounts.roles import Role


class _RoleChoice(forms.ModelChoiceField):
    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label)


class RoleForm(forms.Form):
    role = _RoleChoice(Group.objects.filter(name__in=Role.values).order_by("pk"), label=_("角色"))


class AssignRole(AssignRoleBulkAction):
    form_class = RoleForm

    def check_perm(self, obj: Any) -> bool:
        return bool(super().check_perm(obj)) and _is_another(self.request.user, obj)


class SetActiveState(SetActiveStateBulkAction):
    def check_perm(self, obj: Any) -> bool:
        return bool(super().check_perm(obj)) and _is_another(self.request.user, obj)


class Delete(DeleteBulkAction):
    """People are switched off: what they did must keep its author."""

    def check_perm(self, obj: Any) -> bool:
        return False


def _is_another(officer: Any, user: Any) -> bool:
    return bool(officer.pk != user.pk and (officer.is_superuser or not user.is_superuser))
