"""Makes people and gives them roles."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from portal.accounts.backends import mobile_digest
from portal.accounts.errors import MobileTaken, NotAllowed
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.core.mobiles import clean_mobile

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def make_user(
    *, name: str, mobile: str = "", email: str = "", password: str | None = None, username: str = "", roles: Any = ()
) -> User:
    """A person with `roles`; without `username` one is drawn. MobileTaken names the field mobile."""
    number = clean_mobile(mobile) if mobile else ""
    if number and User.objects.filter(mobile_digest=mobile_digest(number)).exists():
        raise MobileTaken(_("这个手机号已经有账号。请直接登录，忘了密码可以重设。"), field="mobile")
    with transaction.atomic():
        user = User.objects.create_user(username or _free_username(), email, password, name=name.strip(), mobile=number)
        if roles:
            user.groups.set(Group.objects.filter(name__in=[str(role) for role in roles]))
    return user


def set_roles(user: User, roles: Iterable[Any], *, by: User) -> None:
    """Exactly these roles. NotAllowed when somebody touches their own."""
    if by.pk == user.pk:
        raise NotAllowed(_("不能改自己的角色，请另一位主管来改。"), field="groups")
    unknown = {str(role) for role in roles} - set(Role.values)
    if unknown:
        raise NotAllowed(_("没有这样的角色：%(roles)s。") % {"roles": "、".join(sorted(unknown))}, field="groups")
    user.groups.set(Group.objects.filter(name__in=[str(role) for role in roles]))


def _free_username() -> str:
    while True:
        username = f"u{get_random_string(8, _LETTERS)}"
        if not User.objects.filter(username=username).exists():
            return username
