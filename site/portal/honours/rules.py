"""Who may do what with honours; what is one's own is decided by others."""

from typing import Any

from portal.accounts.roles import Role, has_role
from portal.honours.models import StarApplication
from portal.organisations.models import Membership, Organisation


def may_award(user: Any) -> bool:
    """Officers."""
    return has_role(user, Role.OFFICER)


def may_decide(user: Any, application: StarApplication) -> bool:
    """Officers, but not about a star of their own."""
    return may_award(user) and bool(application.applied_by_id != user.pk)


def may_see_sheets(user: Any, organisation: Organisation) -> bool:
    """The people of an active organisation, and officers; an organisation's certificate holds nothing of a person."""
    return may_award(user) or is_of(user, organisation)


def is_of(user: Any, organisation: Organisation) -> bool:
    """Whether the user belongs to the active organisation, in whatever role."""
    if not user.is_authenticated or not user.is_active or not organisation.is_active:
        return False
    return Membership.objects.filter(organisation=organisation, user=user).exists()
