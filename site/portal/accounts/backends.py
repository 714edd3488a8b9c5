"""Signs in by user name or by mobile number."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from portal.accounts.models import User
from portal.core.digests import digest
from portal.core.mobiles import is_mobile, normal_mobile


class NameOrMobileBackend(ModelBackend):
    """A mobile number is looked for first: nobody can stand in its owner's way with a user name that looks like it."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        if username is None or password is None:
            return None
        user = find_user(username)
        if user is None:
            # The same work as for a known user, so that time does not tell which names exist.
            User().set_password(password)
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None


def find_user(name_or_mobile: str) -> User | None:
    """The user with this mobile number, else with this user name; active or not."""
    if is_mobile(name_or_mobile):
        by_mobile = User.objects.filter(mobile_digest=mobile_digest(name_or_mobile)).first()
        if by_mobile is not None:
            return by_mobile
    return User.objects.filter(username=name_or_mobile.strip()).first()


def mobile_digest(mobile: str) -> str:
    """What `User.mobile_digest` holds for this number, however it is written."""
    return digest(normal_mobile(mobile), purpose="mobile")
