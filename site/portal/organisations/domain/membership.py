"""People join, leave and change their role in an organisation; somebody always runs it."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.roles import Role
from portal.core.errors import DomainError
from portal.notices.domain import notify, say
from portal.organisations.enums import MemberRole, OrganisationKind
from portal.organisations.models import Membership, Organisation
from portal.organisations.rules import may_manage


class NotAllowed(DomainError):
    """The person does not run this organisation."""


class AlreadyMember(DomainError):
    """A person belongs to an organisation once."""


class LastManager(DomainError):
    """An organisation keeps at least one manager."""


def add_member(organisation: Organisation, user: Any, *, role: Any = MemberRole.MEMBER, by: Any) -> Membership:
    """`user` joins with `role` and is told. NotAllowed, AlreadyMember."""
    _check(organisation, by)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(organisation=organisation, user=user, role=role)
            sync_manager_roles(user)
            _tell(membership)
    except IntegrityError:
        raise AlreadyMember(_("这个人已经在名单里。"), field="person") from None
    return membership


def change_role(membership: Membership, *, role: Any, by: Any) -> None:
    """NotAllowed; LastManager when nobody would run the organisation."""
    _check(membership.organisation, by)
    with transaction.atomic():
        _keep_a_manager(membership, stays=role == MemberRole.MANAGER)
        membership.role = role
        membership.save(update_fields=["role"])
        sync_manager_roles(membership.user)


def remove_member(membership: Membership, *, by: Any) -> None:
    """The person leaves; what they did stays. NotAllowed, LastManager."""
    _check(membership.organisation, by)
    with transaction.atomic():
        _keep_a_manager(membership, stays=False)
        membership.delete()
        sync_manager_roles(membership.user)


def sync_manager_roles(user: Any) -> None:
    """Whoever runs a school or another organisation has the role of it, and nobody else keeps it."""
    kinds = set(
        Membership.objects.filter(user=user, role=MemberRole.MANAGER).values_list("organisation__kind", flat=True)
    )
    for role, held in (
        (Role.SCHOOL_MANAGER, OrganisationKind.SCHOOL in kinds),
        (Role.ORGANISATION_MANAGER, bool(kinds - {OrganisationKind.SCHOOL})),
    ):
        group = Group.objects.get(name=role)
        if held:
            user.groups.add(group)
        else:
            user.groups.remove(group)


def _tell(membership: Membership) -> None:
    def wording() -> tuple[str, str]:
        words = {"organisation": membership.organisation, "role": MemberRole(membership.role).label}
        return (
            _("您已加入%(organisation)s") % words,
            _("%(organisation)s把您加为%(role)s。如果不是您本人的意思，请告诉该组织或本站管理员。") % words,
        )

    notify(membership.user, say(wording), kind="membership")


def _check(organisation: Organisation, by: Any) -> None:
    if not may_manage(by, organisation):
        raise NotAllowed(_("只有%(organisation)s的管理员能改成员名单。") % {"organisation": organisation})


def _keep_a_manager(membership: Membership, *, stays: bool) -> None:
    # Locking the organisation makes two managers who remove each other wait for one another.
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership.refresh_from_db()
    if stays or membership.role != MemberRole.MANAGER:
        return
    others = Membership.objects.filter(organisation=membership.organisation_id, role=MemberRole.MANAGER)
    if not others.exclude(pk=membership.pk).exists():
        raise LastManager(_("这是最后一位管理员。请先把另一位成员设为管理员，再操作。"), field="role")
