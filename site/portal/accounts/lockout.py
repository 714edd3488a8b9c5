"""What django-axes counts failures under, and what a locked-out person reads."""

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.accounts.backends import find_user
from portal.core.digests import digest
from portal.core.mobiles import normal_mobile


def attempt_key(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """`user:12` for a known person by whichever name, else a digest of what was typed.

    So user name and mobile share one count of failures, and no personal data stands in axes' tables or logs.
    """
    typed = (credentials or {}).get("username") or (request.POST.get("username") if request else "") or ""
    user = find_user(typed) if typed else None
    return f"user:{user.pk}" if user else f"unknown:{digest(normal_mobile(typed), purpose='sign-in')[:32]}"


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429 with the time from which one may try again."""
    until = locked_until(attempt_key(request, credentials))
    minutes = max(1, -int(-(until - timezone.now()).total_seconds() // 60))
    context = {"minutes": minutes, "until": until, "limit": settings.AXES_FAILURE_LIMIT}
    locked = render(request, "accounts/locked.html", context, status=429)
    locked.headers["Retry-After"] = str(minutes * 60)
    return locked


def locked_until(key: str) -> datetime:
    """When the newest failure under `key` stops counting."""
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    newest = AccessAttempt.objects.filter(username=key).order_by("-attempt_time").first()
    return (newest.attempt_time if newest else timezone.now()) + cool_off


def unlock(user: Any) -> None:
    """Forget the failures: the person has shown by mail who they are."""
    reset(username=f"user:{user.pk}")
