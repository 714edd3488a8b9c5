"""Marks notices as read by the person to whom they belong."""

from typing import Any

from django.utils import timezone

from portal.notices.models import Notice


def mark_read(notice: Notice, *, by: Any) -> None:
    """The first reading is kept; somebody else's notice is not touched."""
    Notice.objects.filter(pk=notice.pk, user=by, read_at__isnull=True).update(read_at=timezone.now())


def mark_all_read(user: Any) -> int:
    """How many became read."""
    return Notice.objects.filter(user=user, read_at__isnull=True).update(read_at=timezone.now())
