"""Waiting for what another thread or process does: no test passes or fails by how long that takes."""

import time
from collections.abc import Callable
from threading import Thread

from django.db import connection

HANGS = 1200.0
"""Seconds after which nobody believes any more that it will happen, on however slow a machine."""


def until(done: Callable[[], object], said: Callable[[], object] = lambda: "") -> None:
    """Ask again and again whether it is `done`; `said` tells what there is instead when it hangs."""
    end = time.monotonic() + HANGS
    while not done():
        assert time.monotonic() < end, f"It does not happen. {said()}"
        time.sleep(0.05)


def until_it_waits(thread: Thread) -> None:
    """Until the database says that one of our connections waits for a lock, or the thread has ended without."""
    until(lambda: not thread.is_alive() or _somebody_waits())


def ended(*threads: Thread) -> None:
    """Until they have come to their end."""
    for thread in threads:
        thread.join(HANGS)
        assert not thread.is_alive(), f"{thread.name} hangs."


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        # Within a transaction it is read once and kept.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])
