"""The people who appear in every access test: one for each role, the same in both tenants."""

from typing import Any

from django.contrib.auth.models import Group

PASSWORD = "Chrysanthemum-9"
ROLES = [
    "officer",
    "publicist",
    "reviewer",
    "community_worker",
    "organisation_manager",
    "school_manager",
    "volunteer",
]


TEAM = "示例志愿服务队"
SCHOOL = "示例学校"


def make_cast() -> None:
    """One user for each role, with the role's name as user name, and `newcomer` without any role.

    organisation_manager runs the team TEAM, school_manager the school SCHOOL.
    """
    from portal.accounts.models import User

    for role in [*ROLES, "newcomer"]:
        user = User.objects.create_user(role, f"{role}@example.org", PASSWORD, name=f"示例{role}")
        if role != "newcomer":
            user.groups.add(Group.objects.get(name=role))
    _make_bodies()


def _make_bodies() -> None:
    from portal.core.models import Division
    from portal.organisations.models import Membership, Organisation

    street = Division.objects.filter(level="street").first()
    for name, kind, manager in (
        (TEAM, "volunteer_team", "organisation_manager"),
        (SCHOOL, "school", "school_manager"),
    ):
        body = Organisation.objects.create(name=name, kind=kind, division=street, phone="022-23119999")
        Membership.objects.create(organisation=body, user=person(manager), role="manager")


def person(role: str) -> Any:
    """The user with this role in the current tenant."""
    from portal.accounts.models import User

    return User.objects.get(username=role)
