"""Whatever befalls the real server: saving is as fast as ever, readers are answered, and it comes back by itself."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from search import frequencies
from search.elastic import companion, feed, guard, server, state
from search.elastic.client import alias
from search.elastic.rebuild import rebuild
from search.engines import listening
from search.finding import find, suggest
from search.models import Change, EngineState
from search.query import ListingQuery, Results
from tests.factories.lists import LISTS
from tests.waiting import HANGS, ended, until

Put = Callable[..., None]
ClientFor = Callable[..., Client]
INSTEAD = "postgres; instead-of=elasticsearch; why="


@pytest.fixture
def serving(cluster: Any, committed_a: Any, put: Put, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An index with two listings that answers readers; probes come often, so that tests need not wait."""
    monkeypatch.setattr(guard, "PROBES", (0.1,))
    monkeypatch.setattr(guard, "FRESH_SECONDS", 0.0)
    for source in ("1", "2"):
        put(committed_a, source, title=f"陪独居老人读报{source}")
    frequencies.forget()
    rebuild()
    state.fed(timezone.now())
    Change.objects.all().delete()
    assert ask().engine == "elasticsearch"
    yield cluster
    settings.ELASTICSEARCH_SECONDS = HANGS
    until(lambda: not guard.guard().is_open)


@pytest.fixture
def frozen(elasticsearch_folder: Path) -> Iterator[Callable[[], None]]:
    """Call it, and the server takes connections and never answers; it goes on at the end."""
    number = server.pid(elasticsearch_folder) or 0
    yield lambda: os.kill(number, signal.SIGSTOP)
    os.kill(number, signal.SIGCONT)


def ask(text: str = "独居老人") -> Results:
    return find(ListingQuery(now=timezone.now(), text=text))


def fallback() -> EngineState:
    return EngineState.objects.get(name="elasticsearch")


def test_a_stopped_server_is_replaced_at_once_and_comes_back_by_itself(
    serving: Any, committed_a: Any, put: Put, elasticsearch_folder: Path, client_for: ClientFor
) -> None:
    server.stop(elasticsearch_folder)
    with listening() as said:
        assert ask().total == 2
    assert said == [f"{INSTEAD}down"]
    for path in ("/search/", *LISTS):
        response = client_for(committed_a).get(path, {"q": "独居"})
        assert (response.status_code, response["X-Search-Engine"]) == (200, f"{INSTEAD}failing")
    until(lambda: fallback().search_failing_since is not None)

    put(committed_a, "3", title="独居老人的合唱")
    feeder = companion.Feeder()
    feeder.checked_at = time.monotonic()
    assert feeder.turn() > 0
    assert fallback().feed_error.startswith("ConnectionError")
    assert Change.objects.count() == 1

    server.start(elasticsearch_folder)
    until(lambda: feeder.turn() is not None and not Change.objects.exists())
    until(lambda: not guard.guard().is_open)
    assert (ask().engine, ask().total) == ("elasticsearch", 3)
    until(lambda: fallback().search_failing_since is None and fallback().fallbacks > 0)


def test_readers_wait_for_a_frozen_server_as_long_as_they_may_and_later_ones_not_at_all(
    serving: Any, committed_a: Any, put: Put, frozen: Callable[[], None], elasticsearch_folder: Path, settings: Any
) -> None:
    frozen()
    settings.ELASTICSEARCH_SECONDS = 0.5
    with listening() as said:
        assert [ask().total for _ in range(guard.PATIENCE)] == [2] * guard.PATIENCE
    assert said == [f"{INSTEAD}slow"] * guard.PATIENCE

    # Whoever asked it now would hang.
    settings.ELASTICSEARCH_SECONDS = HANGS
    with listening() as said:
        assert ask().total == 2
        assert suggest("独居", tenant_id=None, now=timezone.now())
    assert said == [f"{INSTEAD}failing"] * 2
    put(committed_a, "3")

    os.kill(server.pid(elasticsearch_folder) or 0, signal.SIGCONT)
    until(lambda: not guard.guard().is_open)
    assert feed.turn() == 1
    assert ask().engine == "elasticsearch"


def test_a_feed_that_hangs_keeps_no_saver_waiting(
    serving: Any,
    committed_a: Any,
    put: Put,
    frozen: Callable[[], None],
    elasticsearch_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sending, send, ends = threading.Event(), feed._send, list[Any]()

    def told(actions: list[dict[str, Any]]) -> Any:
        sending.set()
        return send(actions)

    monkeypatch.setattr(feed, "_send", told)
    put(committed_a, "1", title="从前")
    frozen()
    hanging = threading.Thread(target=lambda: ends.append(_end_of(feed.turn)))
    hanging.start()
    assert sending.wait(HANGS)
    # The very row that is being sent.
    put(committed_a, "1", title="如今")
    assert hanging.is_alive()
    os.kill(server.pid(elasticsearch_folder) or 0, signal.SIGCONT)
    ended(hanging)
    # The row changed after it was read.
    assert (ends, Change.objects.count()) == ([1], 1)


def test_a_feed_without_an_answer_gives_up_and_loses_nothing(
    serving: Any, committed_a: Any, put: Put, frozen: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "FEED_SECONDS", 0.5)
    put(committed_a, "1", title="从前")
    frozen()
    assert type(_end_of(feed.turn)).__name__ == "ConnectionTimeout"
    assert Change.objects.count() == 1


def test_on_a_full_disk_nothing_is_lost_and_an_index_left_behind_is_not_asked(
    serving: Any, committed_a: Any, put: Put
) -> None:
    levels = ("low", "high", "flood_stage")
    full = {f"cluster.routing.allocation.disk.watermark.{level}": "1000tb" for level in reversed(levels)}
    full["cluster.info.update.interval"] = "10s"
    serving.cluster.put_settings(persistent=full)
    try:
        put(committed_a, "3", title="独居老人的合唱")
        until(lambda: _is_blocked(serving))
        feeder = companion.Feeder()
        feeder.checked_at = time.monotonic()
        feeder.turn()
        assert "disk usage exceeded flood-stage watermark" in fallback().feed_error
        # As after half a minute:
        EngineState.objects.update(feed_failing_since=timezone.now() - 2 * state.STALE)
        results = ask()
        assert (results.engine, results.total) == ("postgres", 3)
    finally:
        serving.cluster.put_settings(persistent=dict.fromkeys(full))
    until(lambda: not _is_blocked(serving))
    until(lambda: feeder.turn() is not None and not Change.objects.exists())
    serving.indices.refresh(index=alias())
    assert (ask().engine, ask().total) == ("elasticsearch", 3)


def test_a_server_that_refuses_is_left_alone_until_it_does_not(serving: Any) -> None:
    serving.indices.put_settings(index=alias(), settings={"index.blocks.read": True})
    try:
        assert ask().engine == "postgres"
        assert guard.guard().is_open
        until(lambda: "cluster_block_exception" in fallback().search_error)
    finally:
        serving.indices.put_settings(index=alias(), settings={"index.blocks.read": None})
    until(lambda: not guard.guard().is_open)
    assert ask().engine == "elasticsearch"


def test_no_memory_for_a_question_is_a_refusal_too(serving: Any) -> None:
    """429, as a real one answers under load."""
    serving.cluster.put_settings(persistent={"indices.breaker.request.limit": "0%"})
    try:
        with listening() as said:
            assert ask().total == 2
        assert said == [f"{INSTEAD}refused-429"]
    finally:
        serving.cluster.put_settings(persistent={"indices.breaker.request.limit": None})
    assert ask().engine == "elasticsearch"


def test_an_index_that_nobody_feeds_is_not_asked(serving: Any, committed_a: Any, put: Put) -> None:
    put(committed_a, "3", title="独居老人的合唱")
    EngineState.objects.update(fed_at=timezone.now() - 2 * state.STALE)
    assert (ask().engine, ask().total) == ("postgres", 3)


def test_one_question_that_is_refused_stops_nobody_elses(serving: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.elastic import engine

    with monkeypatch.context() as broken:
        broken.setattr(engine, "aggregations", lambda query: {"a": {"no such": {}}})
        assert ask().engine == "postgres"
    assert ask().engine == "elasticsearch"


def _end_of(call: Callable[[], Any]) -> Any:
    """What it returns or raises."""
    try:
        return call()
    except Exception as error:
        return error
    finally:
        if threading.current_thread() is not threading.main_thread():
            connection.close()


def _is_blocked(cluster: Any) -> bool:
    names = cluster.indices.get_settings(index=alias(), name="index.blocks.*")
    return any(each["settings"] for each in names.values())
