"""Builds a new index from the listings while the old one answers and changes go on, then asks the new one.

From the moment it exists the new index is fed beside the old one, and every write carries its version, so it does
not matter whether a listing comes first by the feed or by this reading: the later version stays. Nothing is lost,
and a rebuild that dies leaves only an index that the next one removes.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import connection

from search.elastic import bulk, indices, mapping, state
from search.elastic.client import BUILD_SECONDS, alias, client, names_apart, next_alias

CHUNK = 1000
SEGMENT = 500_000
"""Listings of a segment once it is laid together: some 1.2 GB; from 5 GB on Lucene merges none by itself."""
_TRIES = (1, 2, 4, 8, 16, 30)
"""Seconds between tries while the cluster refuses a part; then the rebuild gives up."""

log = structlog.get_logger(__name__)


class RebuildFailed(Exception):
    """The old index, if there is one, is asked as before."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    index: str
    listings: int
    seconds: float


def rebuild(*, say: Callable[[str], object] = lambda line: None) -> Rebuilt:
    """Build a new index and ask it from then on. Raises `RebuildFailed`, `state.RebuildRuns`."""
    began = time.monotonic()
    cluster = client(BUILD_SECONDS)
    with state.only_rebuild():
        # What a rebuild left behind that died.
        indices.drop(cluster, indices.bearing(cluster, next_alias()))
        # Whoever feeds now knows only the old index; those who feed after this know both.
        with indices.feeding(wait=True):
            name = indices.create_next(cluster)

        def beat(number: int) -> None:
            state.rebuild_beat(number)
            say(f"{number}")

        try:
            done = _fill(cluster, name, beat)
            _finish(cluster, name, done)
        except BaseException:
            indices.drop(cluster, [name])
            raise
    seconds = time.monotonic() - began
    log.info("search_index_rebuilt", index=name, listings=done, seconds=round(seconds, 1))
    return Rebuilt(name, done, seconds)


@contextmanager
def apart() -> Iterator[None]:
    """Within, searches ask an index of the listings that this connection sees now; it is gone afterwards."""
    cluster = client(BUILD_SECONDS)
    with names_apart():
        name = f"{alias()}-1"
        indices.drop(cluster, [name])
        try:
            cluster.indices.create(index=name, **mapping.definition(), aliases={alias(): {}})
            _fill(cluster, name, lambda number: None)
            cluster.indices.put_settings(index=name, settings=mapping.serving())
            cluster.indices.refresh(index=name)
            yield
        finally:
            indices.drop(cluster, [name])


def _fill(cluster: Any, name: str, beat: Callable[[int], object]) -> int:
    done = 0
    for rows in _listings():
        _send(cluster, name, [bulk.index_action(row) for row in rows])
        done += len(rows)
        beat(done)
    return done


def _listings() -> Iterator[list[tuple[Any, ...]]]:
    """All listings of this moment in chunks, each read when its turn comes.

    Those that are new meanwhile are the feed's: whoever waited for the last of them would never come to an end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM search_listing")
        (newest,) = cursor.fetchone()
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_READ, [last, newest, CHUNK])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


_READ = f"SELECT {mapping.SELECTED} FROM search_listing listing WHERE id > %s AND id <= %s ORDER BY id LIMIT %s"


def _send(cluster: Any, name: str, actions: list[dict[str, Any]]) -> None:
    """Until all are taken; those that the index refuses for good stop the rebuild."""
    for wait in (*_TRIES, None):
        answers = bulk.send(cluster, name, actions)
        if answers.never:
            document, error = next(iter(answers.never.items()))
            raise RebuildFailed(f"{document}: {error}")
        if not answers.later:
            return
        if wait is None:
            raise RebuildFailed(next(iter(answers.later.values())))
        actions = [action for action in actions if action["_id"] in answers.later]
        time.sleep(wait)


def _finish(cluster: Any, name: str, done: int) -> None:
    cluster.indices.put_settings(index=name, settings=mapping.serving())
    cluster.indices.refresh(index=name)
    # No batch is half way between the two indices.
    with indices.feeding(wait=True):
        before = indices.switch(cluster, name)
    indices.drop(cluster, before)
    _merge(cluster, name, done)


def _merge(cluster: Any, name: str, done: int) -> None:
    """Have the index laid together, in its own time: a question is looked up some hundred times in every segment."""
    segments = -(-done // SEGMENT) or 1
    cluster.indices.forcemerge(index=name, max_num_segments=segments, wait_for_completion=False)
