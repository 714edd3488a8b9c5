"""Who may do what with an organisation."""

from typing import Any

from portal.accounts.roles import Role, has_role
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership, Organisation


def may_manage(user: Any, organisation: Organisation) -> bool:
    """Officers any organisation of the tenant, managers their own."""
    return has_role(user, Role.OFFICER) or _holds(user, organisation, MemberRole.MANAGER)


def runs(user: Any, organisation: Organisation) -> bool:
    """Its managers alone."""
    return _holds(user, organisation, MemberRole.MANAGER)


def may_lead(user: Any, organisation: Organisation) -> bool:
    """Whether `user` may be in charge of the organisation's shifts: its managers and leaders."""
    return _holds(user, organisation, MemberRole.MANAGER, MemberRole.LEADER)


def _holds(user: Any, organisation: Organisation, *roles: Any) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    return Membership.objects.filter(organisation=organisation, user=user, role__in=roles).exists()
