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


def make_cast() -> None:
    """One user for each role, with the role's name as user name, and `newcomer` without any role."""
    from portal.accounts.models import User

    for role in [*ROLES, "newcomer"]:
        user = User.objects.create_user(role, f"{role}@example.org", PASSWORD, name=f"示例{role}")
        if role != "newcomer":
            user.groups.add(Group.objects.get(name=role))


def person(role: str) -> Any:
    """The user with this role in the current tenant."""
    from portal.accounts.models import User

    return User.objects.get(username=role)
