"""How this visitor wants to read: elder mode and language, each in a cookie of its own.

The language of whoever is signed in is kept with their account as well, in the field in which Wagtail keeps it: mails
are written while nobody is there.
"""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.users.models import UserProfile

MODE_COOKIE = "yl_mode"
MODES = ("elder", "elder-xl")
YEAR = 365 * 24 * 3600


def mode(request: HttpRequest) -> str:
    """`elder`, `elder-xl` or nothing."""
    value = request.COOKIES.get(MODE_COOKIE, "")
    return value if value in MODES else ""


def language(request: HttpRequest) -> str:
    """What the visitor chose, else Chinese. The browser's own language is not asked: a phone bought abroad
    must not turn a city's site into English."""
    value = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return value if value in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def keep_language(user: Any, chosen: str) -> None:
    """Mails and the admin follow what a person chose; the platform has no such place."""
    if user.is_authenticated and connection.schema_name != "public":
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": chosen})


def keep_language_from_before(request: HttpRequest | None, user: Any, **_signal: Any) -> None:
    """Whoever chose a language, then signed in, and has never said so to the account, is written to in it."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") if request else ""
    if chosen in dict(settings.LANGUAGES) and not _chosen(user):
        keep_language(user, chosen)


def language_of(user: Any) -> str:
    """What the person chose when signed in, else Chinese; `user` with its `wagtail_userprofile`, to ask no query."""
    chosen = _chosen(user)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _chosen(user: Any) -> str:
    profile = None if connection.schema_name == "public" else getattr(user, "wagtail_userprofile", None)
    return profile.preferred_language if profile else ""


def back(request: HttpRequest) -> HttpResponse:
    """To the page from which the form was sent; never to another host."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    return HttpResponseRedirect(target)


def keep(request: HttpRequest, response: HttpResponse, name: str, value: str) -> HttpResponse:
    """Set the cookie for a year, or drop it when the value is empty."""
    if value:
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie(name, samesite="Lax")
    return response
