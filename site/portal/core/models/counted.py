"""That something was asked for, remembered by a digest alone, to refuse it when it is asked too often."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models


class CountedRequest(models.Model):
    """One request. `key` says by whom or for whom, as a digest; all processes count together."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def minutes_left(cls, key: str, *, most: int, window: timedelta, now: datetime) -> int:
        """Minutes until there are fewer than `most` within the window; 0 when there are now."""
        newest: list[Self] = list(cls.objects.filter(key=key, at__gt=now - window).order_by("-at")[:most])
        if len(newest) < most:
            return 0
        return max(1, -int(-(newest[most - 1].at + window - now).total_seconds() // 60))

    @classmethod
    def forget(cls, *, before: datetime) -> None:
        cls.objects.filter(at__lt=before).delete()
