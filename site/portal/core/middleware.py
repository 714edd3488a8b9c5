"""Language by cookie, refusals as messages, and the headers that depend on who is looking at what."""

from collections.abc import Callable
from json import JSONDecodeError
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from portal.core import catalogue, failures, preferences
from portal.core.errors import DomainError

STAFF_PREFIXES = ("/cms/", "/operators/")


class LanguageMiddleware:
    """The visitor's language; Accept-Language is not asked, so one address is one page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        catalogue.settle(settings.LANGUAGE_CODE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = preferences.language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def for_staff(request: HttpRequest) -> bool:
    """Wagtail's or Django's admin, or a page drawn inside it as a preview."""
    return request.path_info.startswith(STAFF_PREFIXES) or bool(getattr(request, "is_dummy", False))


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy of the settings; inside the admins what they cannot do without, and no more."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if for_staff(request) and not report_only:
            parts.replace = {**_policy_of(request), **(parts.replace or {})}
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        response = super().process_response(request, response)
        # Previews are framed by the admin of the same host; nothing else is framed by anybody.
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if for_staff(request) else "DENY")
        return response


STAFF: dict[str, list[str]] = {"frame-ancestors": [SELF]}
# Draftail writes its placeholders and list counters into <style> elements; style attributes stay forbidden.
# Pictures being uploaded are shown from memory. Why no inline script is needed: portal.core.cms_policy.
EDITORS: dict[str, list[str]] = {**STAFF, "style-src-elem": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:", "blob:"]}


def _policy_of(request: HttpRequest) -> dict[str, list[str]]:
    return EDITORS if request.path_info.startswith("/cms/") else STAFF


class RefusalMiddleware:
    """What cannot be done inside the Wagtail admin becomes a message, not an error page.

    Forms show the refusals of verbs beside their fields; approval and bulk actions have no form. Wagtail itself
    stumbles over deleting what other things need, and over forms that it did not draw.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path_info.startswith("/cms/"):
            return None
        if isinstance(exception, DomainError):
            return _back(request, " ".join(exception.messages))
        if isinstance(exception, ProtectedError):
            return _back(request, gettext("还有别处在用，不能删除。先在用到它的地方换成别的，再来删。"))
        if request.method == "POST" and isinstance(exception, MultiValueDictKeyError | JSONDecodeError):
            return failures.bad_request(request)
        return None


def _back(request: HttpRequest, message: str) -> HttpResponse:
    """To the page from which the request came, with the message on it."""
    messages.error(request, message)
    back = request.META.get("HTTP_REFERER", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if here else "/cms/")


class AddressMiddleware:
    """An address with a NUL byte is nobody's: 404 before anything is looked up, for the database takes no such text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)


class TenantRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, on tenants' sites alone: the platform has no table of them to look into."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if connection.schema_name == "public":
            return response
        return super().process_response(request, response)
