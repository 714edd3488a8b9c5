"""Reads of notices."""

from typing import Any

from django.db.models import QuerySet

from portal.notices.enums import DeliveryState
from portal.notices.models import Notice


def notices_of(user: Any) -> QuerySet[Notice]:
    """All of a person's notices, newest first."""
    return Notice.objects.filter(user=user)


def unread_count(user: Any) -> int:
    """One query; none for a visitor."""
    return notices_of(user).filter(read_at__isnull=True).count() if user.is_authenticated else 0


def undelivered_notices() -> QuerySet[Notice]:
    """Those that wait or have failed, with their people."""
    return Notice.objects.filter(state__in=[DeliveryState.WAITING, DeliveryState.FAILED]).select_related("user")
