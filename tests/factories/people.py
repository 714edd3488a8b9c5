"""People and their organisations."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from portal.accounts.models import User
from portal.core.models import Division
from portal.notices.models import Notice
from portal.organisations.enums import MemberRole, OrganisationKind
from portal.organisations.models import Membership, Organisation

_next = count(1)


def make_user(*roles: str, **over: Any) -> User:
    """A person with these roles and an unused user name; `mobile` and `email` are empty unless told."""
    number = next(_next)
    fields = {"username": f"person{number}", "name": f"示例{number}", **over}
    user = User.objects.create_user(**fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def make_organisation(**over: Any) -> Organisation:
    """A volunteer team in the tenant's first street."""
    fields: dict[str, Any] = {
        "name": f"示例服务队{next(_next)}",
        "kind": OrganisationKind.VOLUNTEER_TEAM,
        **over,
    }
    if "division" not in fields:
        fields["division"] = Division.objects.filter(level="street").first()
    return Organisation.objects.create(**fields)


def make_membership(**over: Any) -> Membership:
    """A plain member of a new organisation."""
    fields: dict[str, Any] = {"role": MemberRole.MEMBER, **over}
    if "user" not in fields:
        fields["user"] = make_user()
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Membership.objects.create(**fields)


def make_notice(**over: Any) -> Notice:
    """A notice on the site alone."""
    fields: dict[str, Any] = {
        "kind": "example", "subject": "示例通知", "body": "正文", "channel": "site", "state": "none", **over,
    }  # fmt: skip
    if "user" not in fields:
        fields["user"] = make_user()
    return Notice.objects.create(**fields)
