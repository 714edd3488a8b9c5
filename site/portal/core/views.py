"""Pages and small files that every host has."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_safe

from portal.core import preferences, theme
from portal.core.context import Front
from portal.core.posting import posted_from


@require_GET
def theme_css(request: HttpRequest) -> HttpResponse:
    """The tenant's colours; kept for a year by browsers that ask with the right `v`."""
    return _file(request, theme.stylesheet, "text/css")


@require_GET
def icon(request: HttpRequest) -> HttpResponse:
    """The tenant's plate for browser tabs."""
    return _file(request, theme.icon, "image/svg+xml")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers and robots look for a mark without being told: the plate."""
    response = HttpResponseRedirect(reverse("icon"))
    patch_cache_control(response, public=True, max_age=86400)
    return response


def _file(request: HttpRequest, write: object, content_type: str) -> HttpResponse:
    identity = Front(request).identity
    response = HttpResponse(write(identity), content_type=f"{content_type}; charset=utf-8")  # type: ignore[operator]  # a table of functions
    if request.GET.get("v") == theme.version(identity):
        patch_cache_control(response, public=True, max_age=preferences.YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=300)
    return response


@csrf_exempt  # a preference and nothing else; without a token public pages need no cookie
@posted_from("/")
def elder(request: HttpRequest) -> HttpResponse:
    """Turn elder mode on, larger, or off, and come back."""
    value = request.POST.get("mode", "")
    chosen = value if value in preferences.MODES else ""
    return preferences.keep(request, preferences.back(request), preferences.MODE_COOKIE, chosen)


@csrf_exempt  # as above
@posted_from("/")
def language(request: HttpRequest) -> HttpResponse:
    """Choose Chinese or English, and come back."""
    value = request.POST.get("language", "")
    chosen = value if value in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    preferences.keep_language(request.user, chosen)
    kept = "" if chosen == settings.LANGUAGE_CODE else chosen
    return preferences.keep(request, preferences.back(request), settings.LANGUAGE_COOKIE_NAME, kept)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍说明."""
    return render(request, "core/accessibility.html")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """个人信息保护."""
    return render(request, "core/privacy.html")
