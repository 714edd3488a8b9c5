"""The feed beside every worker: it wakes often, backs off while the cluster fails, and builds a missing index."""

import random
import threading
import time

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from search.elastic import feed, indices, state
from search.elastic.client import FEED_SECONDS, client, configured
from search.elastic.rebuild import RebuildFailed, rebuild
from tenants.work import beside

POLL_SECONDS = 0.25
LONGEST_SECONDS = 30.0
BEAT_SECONDS = 10.0
CHECK_SECONDS = 60.0
"""How often it looks whether there is an index with the present mapping."""

log = structlog.get_logger(__name__)


class Feeder(threading.Thread):
    """Feeds until told to stop; one worker at a time does, the others wait for it to die."""

    def __init__(self) -> None:
        super().__init__(name="search-feed", daemon=True)
        self.stopping = threading.Event()
        self.failures = 0
        self.checked_at = -CHECK_SECONDS
        self.beat_at = -BEAT_SECONDS
        self.builder: threading.Thread | None = None

    def run(self) -> None:
        try:
            while not self.stopping.wait(self.turn()):
                close_old_connections()
        finally:
            connection.close()

    def turn(self) -> float:
        """One batch; returns the seconds until the next."""
        from elasticsearch import ApiError, TransportError

        try:
            self._build_if_needed()
            confirmed = feed.turn()
        except (feed.FeedRefused, ApiError, TransportError) as error:
            return self._failed(error)
        except DatabaseError:
            log.exception("search_feed_without_database")
            connection.close()
            return LONGEST_SECONDS / 6
        self._succeeded(confirmed)
        # More may wait.
        return 0.0 if confirmed == feed.BATCH else POLL_SECONDS

    def stop(self) -> None:
        """Let the present batch end."""
        self.stopping.set()
        self.join(FEED_SECONDS + 5)

    def _succeeded(self, confirmed: int | None) -> None:
        """Say so now and then even when nothing waits: readers ask the index only while it is fed."""
        now = time.monotonic()
        # While another worker feeds, it is for that one to say.
        if confirmed is not None and (self.failures or now - self.beat_at > BEAT_SECONDS):
            state.fed(timezone.now())
            self.beat_at = now
        self.failures = 0

    def _failed(self, error: Exception) -> float:
        words = f"{type(error).__name__}: {error}"[:500]
        if not self.failures:
            log.warning("search_feed_failed", error=words)
        self.failures += 1
        self.checked_at = -CHECK_SECONDS
        try:
            state.feed_failed(words, timezone.now())
        except DatabaseError:
            connection.close()
        longest = min(LONGEST_SECONDS, 0.5 * 2 ** min(self.failures, 10))
        # Workers that failed together do not come back together.
        return longest * random.uniform(0.5, 1.0)  # noqa: S311  (nothing secret)

    def _build_if_needed(self) -> None:
        now = time.monotonic()
        if now - self.checked_at < CHECK_SECONDS or (self.builder and self.builder.is_alive()):
            return
        if not indices.is_current(client(FEED_SECONDS)):
            self.builder = threading.Thread(target=_build, name="search-rebuild", daemon=True)
            self.builder.start()
        self.checked_at = now


def _build() -> None:
    from elasticsearch import ApiError, TransportError

    try:
        rebuild()
    except state.RebuildRuns:
        log.info("search_rebuild_runs_elsewhere")
    except (RebuildFailed, ApiError, TransportError, DatabaseError):
        log.exception("search_rebuild_failed")
    finally:
        connection.close()


@beside
def feeder() -> Feeder | None:
    return Feeder() if configured() else None
