"""Keeps a reader from waiting for a cluster that fails: how long, after how many failures, and when it is asked again.

Each process judges by its own searches. While the cluster fails nobody waits for it: PostgreSQL answers at once, and
a thread of the guard's own asks now and then until an answer comes.
"""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from functools import lru_cache
from typing import Any

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone

from search.elastic import state
from search.elastic.client import alias, client, is_apart, patience

PATIENCE = 3
"""So many failures in a row that may be chance: slow answers, refusals under load."""
PROBES = (0.5, 1.0, 2.0, 4.0, 8.0, 10.0)
"""Seconds until the cluster is asked again; then every ten."""
WAITERS = 16
FRESH_SECONDS = 5.0
"""So long it is believed that the index is up to date."""

Answer = dict[str, Any]
log = structlog.get_logger(__name__)


class NotAnswered(Exception):
    """The cluster has not answered this; the message is one word for why."""


class Guard:
    """What one process knows of the cluster."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiters = ThreadPoolExecutor(WAITERS, thread_name_prefix="search")
        self._failures = 0
        self._prober: threading.Thread | None = None
        self._fresh_until = 0.0
        self._is_stale = False
        self._fallbacks = 0
        self.error = ""

    @property
    def is_open(self) -> bool:
        """Whether the cluster is not asked at present."""
        return bool(self.error)

    def call(self, ask: Callable[[], Any]) -> Answer:
        """The cluster's answer, within the reader's patience. Raises `NotAnswered`."""
        if self.is_open:
            raise NotAnswered("failing")
        if not is_apart() and self._index_is_stale():
            raise NotAnswered("stale")
        try:
            # The client's own limit is one for each piece of an answer; this one is for the whole.
            answer = self._waiters.submit(ask).result(timeout=patience())
        except Exception as error:
            self._failed(error)
            raise NotAnswered(_word(error)) from error
        self._failures = 0
        return dict(answer)

    def count_fallback(self) -> None:
        """PostgreSQL has answered in the cluster's stead."""
        with self._lock:
            self._fallbacks += 1

    def _failed(self, error: Exception) -> None:
        status = getattr(error, "status_code", None)
        if status == 400:
            # The question is at fault, not the cluster: others will be answered.
            log.error("search_question_refused", error=str(error)[:500])
            return
        with self._lock:
            self._failures += 1
            may_be_chance = isinstance(error, OutOfTime) or _word(error) == "slow" or status in {429, 503}
            if self.error or (may_be_chance and self._failures < PATIENCE):
                return
            self.error = f"{type(error).__name__}: {error}"[:500]
            self._prober = threading.Thread(target=self._probe, name="search-probe", daemon=True)
        log.warning("search_engine_failing", error=self.error)
        self._prober.start()

    def _probe(self) -> None:
        """Ask until there is an answer; then the cluster is asked by readers again."""
        try:
            _note(lambda: state.search_failed(self.error, timezone.now()))
            tries = 0
            while True:
                time.sleep(PROBES[min(tries, len(PROBES) - 1)])
                tries += 1
                self._note_fallbacks()
                if _answers():
                    break
            self._failures, self.error = 0, ""
            log.warning("search_engine_recovered")
            _note(state.search_recovered)
            self._note_fallbacks()
        finally:
            connection.close()

    def _index_is_stale(self) -> bool:
        """Whether changes have waited too long: then PostgreSQL knows better. One small query every few seconds."""
        if time.monotonic() > self._fresh_until:
            self._is_stale = state.is_stale(timezone.now())
            self._fresh_until = time.monotonic() + FRESH_SECONDS
            self._note_fallbacks()
        return self._is_stale

    def _note_fallbacks(self) -> None:
        with self._lock:
            number, self._fallbacks = self._fallbacks, 0
        if number:
            _note(lambda: state.count_fallbacks(number))


def _answers() -> bool:
    """A whole small search: a cluster may be up and its index not."""
    try:
        client(patience()).search(index=alias(), size=1, source=False, allow_partial_search_results=False)
    except Exception:
        return False
    return True


def _note(write: Callable[[], object]) -> None:
    """Tell the others, if the database lets us: searching does not depend on it."""
    try:
        write()
    except DatabaseError:
        log.exception("search_state_not_written")


def _word(error: Exception) -> str:
    from elasticsearch import ApiError, ConnectionTimeout

    if isinstance(error, OutOfTime | ConnectionTimeout):
        return "slow"
    return f"refused-{error.status_code}" if isinstance(error, ApiError) else "down"


@lru_cache(maxsize=1)
def guard() -> Guard:
    """The one of this process."""
    return Guard()


os.register_at_fork(after_in_child=guard.cache_clear)
