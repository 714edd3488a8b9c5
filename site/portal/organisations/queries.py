"""Reads of organisations and their members."""

from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from portal.core.models import Division
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership, Organisation


def active_organisations() -> QuerySet[Organisation]:
    """Those that may start projects, with their division."""
    return Organisation.objects.filter(is_active=True).select_related("division")


def organisations_within(division: Division) -> QuerySet[Organisation]:
    """Active organisations anywhere inside `division`."""
    return active_organisations().filter(division__code__startswith=division.prefix)


def organisations_of(user: Any, *roles: Any) -> QuerySet[Organisation]:
    """The active organisations to which `user` belongs, in one of `roles` if any are named."""
    found = active_organisations().filter(memberships__user=user)
    return found.filter(memberships__role__in=roles) if roles else found


def managers_of(organisation: Organisation) -> list[Any]:
    """The active people who run `organisation`: who is told when something concerns it."""
    held = Membership.objects.filter(organisation=organisation, role=MemberRole.MANAGER, user__is_active=True)
    return [membership.user for membership in held.select_related("user")]


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Managers first, then leaders, then members, in the order of joining; with the person."""
    rank = {role: order for order, role in enumerate(MemberRole.values)}
    order = Case(*(When(role=role, then=Value(at)) for role, at in rank.items()), output_field=IntegerField())
    return organisation.memberships.select_related("user").order_by(order, "pk")


def memberships_of(user: Any) -> QuerySet[Membership]:
    """A person's places in active organisations."""
    found = Membership.objects.filter(user=user, organisation__is_active=True)
    return found.select_related("organisation").order_by("organisation__name")


def with_member_counts(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Adds `member_count`."""
    return organisations.annotate(member_count=Count("memberships"))
