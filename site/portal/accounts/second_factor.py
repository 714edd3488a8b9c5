"""Lets staff go nowhere before their second factor (domain §7)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from portal.accounts.roles import is_staff_role

#: What a person may ask for between password and code.
_OPEN = (
    "/accounts/sign-in/",
    "/accounts/sign-out/",
    "/accounts/second-factor/",
    "/elder/",
    "/language/",
    "/static/",
    "/theme.css",
    "/icon.svg",
    "/favicon.ico",
    "/healthz",
    "/readyz",
)


class SecondFactorMiddleware:
    """With STAFF_SECOND_FACTOR, staff who have shown only a password see nothing but the step that is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR and not request.path_info.startswith(_OPEN) and _is_missing(request):
            return redirect_to_login(request.get_full_path(), "/accounts/second-factor/")
        return self.get_response(request)


def _is_missing(request: HttpRequest) -> bool:
    # Visitors have no session: asking for their user would make every page depend on cookies.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    return bool(user.is_authenticated and not user.is_verified() and is_staff_role(user))
