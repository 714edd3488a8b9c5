"""Language by cookie, and the security headers that depend on who is looking at what."""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.core import preferences

STAFF_PREFIXES = ("/cms/", "/operators/")


class LanguageMiddleware:
    """The visitor's language; Accept-Language is not asked, so one address is one page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

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
    """The strict policy of the settings; inside the admin what its editor cannot do without (docs/decisions/)."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if for_staff(request) and not report_only:
            parts.replace = {**STAFF_DIRECTIVES, **(parts.replace or {})}
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        response = super().process_response(request, response)
        # Previews are framed by the admin of the same host; nothing else is framed by anybody.
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if for_staff(request) else "DENY")
        return response


STAFF_DIRECTIVES: dict[str, list[str]] = {
    "frame-ancestors": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}
