"""What all processes say of the cluster in one row, for operators, metrics and whoever rebuilds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from search.models import Change, EngineState

NAME = "elasticsearch"
_BEATING = timedelta(minutes=3)
"""A rebuild that has not moved for so long is dead."""


STALE = timedelta(seconds=30)
"""An index so far behind is not asked."""


class RebuildRuns(Exception):
    """Another process rebuilds the index."""


def state() -> EngineState:
    """The row, made when missing."""
    return EngineState.objects.get_or_create(name=NAME)[0]


def is_stale(now: datetime) -> bool:
    """Whether the index has been behind the listings for too long: refused, or fed by nobody. Two small queries."""
    found = EngineState.objects.filter(pk=NAME).first()
    if found and found.feed_failing_since and found.feed_failing_since < now - STALE:
        return True
    if found and found.fed_at and found.fed_at > now - STALE:
        return False
    # What the index refuses for itself, and will again, is nothing of the feed's.
    return Change.objects.filter(attempts=0).exists()


def search_failed(error: str, now: datetime) -> None:
    """Searches of some process are answered by PostgreSQL from now on."""
    _set(search_failing_since=Coalesce(F("search_failing_since"), now), search_error=error)


def search_recovered() -> None:
    _set(search_failing_since=None, search_error="")


def count_fallbacks(number: int) -> None:
    _set(fallbacks=F("fallbacks") + number)


def feed_failed(error: str, now: datetime) -> None:
    _set(feed_failing_since=Coalesce(F("feed_failing_since"), now), feed_error=error)


def fed(now: datetime) -> None:
    _set(fed_at=now, feed_failing_since=None, feed_error="")


@contextmanager
def only_rebuild() -> Iterator[None]:
    """One rebuild at a time; that of a process that died is over after three minutes. Raises `RebuildRuns`."""
    state()
    now = timezone.now()
    free = Q(rebuild_beat_at=None) | Q(rebuild_beat_at__lt=now - _BEATING)
    if not EngineState.objects.filter(free, pk=NAME).update(rebuild_beat_at=now, rebuild_done=0):
        raise RebuildRuns("Another process rebuilds the index.")
    try:
        yield
    finally:
        _set(rebuild_beat_at=None)


def rebuild_beat(done: int) -> None:
    """The rebuild has moved on."""
    _set(rebuild_beat_at=timezone.now(), rebuild_done=done)


def _set(**values: Any) -> None:
    if not EngineState.objects.filter(pk=NAME).update(**values):
        state()
        EngineState.objects.filter(pk=NAME).update(**values)
