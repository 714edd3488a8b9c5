"""Language by cookie, refusals as messages, and the headers that depend on who is looking at what."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from portal.core import catalogue, preferences
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
    """A verb that refuses inside the Wagtail admin becomes a message, not an error page.

    Forms show refusals beside their fields; approval and bulk actions have no form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError) or not request.path_info.startswith("/cms/"):
            return None
        messages.error(request, " ".join(exception.messages))
        back = request.META.get("HTTP_REFERER", "")
        here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return HttpResponseRedirect(back if here else "/cms/")


class TenantRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, on tenants' sites alone: the platform has no table of them to look into."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if connection.schema_name == "public":
            return response
        return super().process_response(request, response)
