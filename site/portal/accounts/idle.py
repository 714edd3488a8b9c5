"""Staff who do nothing for a while are signed out (domain §7); their session ends by itself."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from portal.accounts.roles import is_staff_role
from portal.core.queries import rules

_SECONDS = "staff_idle_seconds"
_SEEN = "staff_seen"
_DEFAULT_MINUTES = 30
#: Asked by an open browser window by itself: a sign of a browser, not of a person.
_BY_MACHINE = "/cms/editing-sessions/"


def begin_idle_clock(request: HttpRequest, user: Any, **_: Any) -> None:
    """At sign-in of staff: the session ends after the tenant's minutes without a request."""
    if is_staff_role(user):
        minutes = _DEFAULT_MINUTES if connection.schema_name == "public" else rules().staff_idle_minutes
        request.session[_SECONDS] = minutes * 60
        _wind(request)


class StaffIdleMiddleware:
    """Winds the clock with what a person asks for, at most once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Visitors have no cookie; their session stays untouched, so that pages stay the same for all.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path_info.startswith(_BY_MACHINE):
            seconds = request.session.get(_SECONDS)
            if seconds and time.time() - request.session.get(_SEEN, 0) > min(60, seconds / 10):
                _wind(request)
        return self.get_response(request)


def _wind(request: HttpRequest) -> None:
    request.session[_SEEN] = int(time.time())
    request.session.set_expiry(request.session[_SECONDS])


def has_expired(request: HttpRequest) -> bool:
    """Whether the browser brings a session that has ended: somebody was signed in here."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty()
