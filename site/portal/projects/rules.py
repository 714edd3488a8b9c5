"""Who may do what with projects, beside the rights that `accounts.roles` gives."""

from typing import Any

from django.db.models import QuerySet

from portal.accounts.roles import is_staff_role
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership, Organisation
from portal.organisations.queries import organisations_of
from portal.projects.models import Project


def may_cancel(user: Any) -> bool:
    """Whoever may publish may call off: officers."""
    return bool(user.is_active and user.has_perm("projects.publish_project"))


def may_draft(user: Any) -> bool:
    """Officers and community workers."""
    return bool(user.is_active and user.has_perm("projects.add_project"))


def may_be_in_charge(user: Any, organiser: Organisation) -> bool:
    """A member of the organiser, or somebody who works for the site."""
    if not user.is_active:
        return False
    return is_staff_role(user) or Membership.objects.filter(organisation=organiser, user=user).exists()


def organisations_that_propose(user: Any) -> QuerySet[Organisation]:
    """The active organisations in whose name `user` may offer projects: those that they manage."""
    return organisations_of(user, MemberRole.MANAGER)


def may_propose(user: Any, organisation: Organisation) -> bool:
    """Managers of the organisation; staff write in the admin."""
    return bool(user.is_active) and organisations_that_propose(user).filter(pk=organisation.pk).exists()


def may_delete(project: Project) -> bool:
    """What has once stood on the site is cancelled or finished, never erased."""
    return project.first_published_at is None
