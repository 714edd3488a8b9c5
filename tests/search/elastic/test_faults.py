"""Whatever befalls the real server: saving is as fast as ever, readers are answered, and it comes back by itself."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
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

Put = Callable[..., None]
ClientFor = Callable[..., Client]
LIMIT = 1.0


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
    settings.ELASTICSEARCH_SECONDS = LIMIT
    yield cluster
    settings.ELASTICSEARCH_SECONDS = 30.0
    wait_for(lambda: not guard.guard().is_open)


@pytest.fixture
def frozen(elasticsearch_folder: Path) -> Iterator[Callable[[], None]]:
    """Call it, and the server takes connections and never answers; it goes on at the end."""
    number = server.pid(elasticsearch_folder) or 0
    yield lambda: os.kill(number, signal.SIGSTOP)
    os.kill(number, signal.SIGCONT)


def ask(text: str = "独居老人") -> Results:
    return find(ListingQuery(now=timezone.now(), text=text))


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    began = time.monotonic()
    result = call()
    return time.monotonic() - began, result


def wait_for(done: Callable[[], bool], *, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.05)


def fallback() -> EngineState:
    return EngineState.objects.get(name="elasticsearch")


def test_a_stopped_server_is_replaced_at_once_and_comes_back_by_itself(
    serving: Any, committed_a: Any, put: Put, elasticsearch_folder: Path, client_for: ClientFor
) -> None:
    server.stop(elasticsearch_folder)
    seconds, results = timed(ask)
    assert (results.engine, results.total, seconds < LIMIT) == ("postgres", 2, True)
    for path in ("/search/", *LISTS):
        response = client_for(committed_a).get(path, {"q": "独居"})
        assert (response.status_code, response["X-Search-Engine"]) == (
            200, "postgres; instead-of=elasticsearch; why=failing",
        )  # fmt: skip
    wait_for(lambda: fallback().search_failing_since is not None)

    saving, _ = timed(lambda: put(committed_a, "3", title="独居老人的合唱"))
    assert saving < LIMIT
    feeder = companion.Feeder()
    feeder.checked_at = time.monotonic()
    assert feeder.turn() > 0
    assert fallback().feed_error.startswith("ConnectionError")
    assert Change.objects.count() == 1

    server.start(elasticsearch_folder)
    wait_for(lambda: feeder.turn() is not None and not Change.objects.exists())
    wait_for(lambda: not guard.guard().is_open)
    assert (ask().engine, ask().total) == ("elasticsearch", 3)
    wait_for(lambda: fallback().search_failing_since is None and fallback().fallbacks > 0)


def test_a_frozen_server_costs_a_reader_no_more_than_the_limit_and_later_ones_nothing(
    serving: Any, committed_a: Any, put: Put, frozen: Callable[[], None], elasticsearch_folder: Path
) -> None:
    frozen()
    first = [timed(ask) for _ in range(guard.PATIENCE)]
    assert [(results.engine, seconds < LIMIT + 1) for seconds, results in first] == [("postgres", True)] * 3
    seconds, results = timed(ask)
    assert (results.engine, results.total, seconds < LIMIT / 2) == ("postgres", 2, True)
    assert suggest("独居", tenant_id=None, now=timezone.now())
    assert timed(lambda: put(committed_a, "3"))[0] < LIMIT / 2

    os.kill(server.pid(elasticsearch_folder) or 0, signal.SIGCONT)
    wait_for(lambda: not guard.guard().is_open)
    assert ask().engine == "elasticsearch"


def test_a_feed_that_hangs_keeps_no_saver_waiting(
    serving: Any, committed_a: Any, put: Put, frozen: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "FEED_SECONDS", 5.0)
    put(committed_a, "1", title="从前")
    frozen()
    errors: list[Exception] = []
    hanging = threading.Thread(target=lambda: _collect(feed.turn, errors))
    hanging.start()
    wait_for(_somebody_feeds)
    # The very row that is being sent.
    seconds, _ = timed(lambda: put(committed_a, "1", title="如今"))
    assert seconds < LIMIT / 2
    assert hanging.is_alive()
    hanging.join()
    assert [type(error).__name__ for error in errors] == ["ConnectionTimeout"]
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
        wait_for(lambda: _is_blocked(serving))
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
    wait_for(lambda: not _is_blocked(serving))
    wait_for(lambda: feeder.turn() is not None and not Change.objects.exists())
    serving.indices.refresh(index=alias())
    assert (ask().engine, ask().total) == ("elasticsearch", 3)


def test_a_server_that_refuses_is_left_alone_until_it_does_not(serving: Any) -> None:
    serving.indices.put_settings(index=alias(), settings={"index.blocks.read": True})
    try:
        assert ask().engine == "postgres"
        assert guard.guard().is_open
        wait_for(lambda: "cluster_block_exception" in fallback().search_error)
    finally:
        serving.indices.put_settings(index=alias(), settings={"index.blocks.read": None})
    wait_for(lambda: not guard.guard().is_open)
    assert ask().engine == "elasticsearch"


def test_no_memory_for_a_question_is_a_refusal_too(serving: Any) -> None:
    """429, as a real one answers under load."""
    serving.cluster.put_settings(persistent={"indices.breaker.request.limit": "0%"})
    try:
        with listening() as said:
            assert ask().total == 2
        assert said == ["postgres; instead-of=elasticsearch; why=refused-429"]
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


def _collect(call: Callable[[], Any], errors: list[Exception]) -> None:
    try:
        call()
    except Exception as error:
        errors.append(error)
    finally:
        connection.close()


def _somebody_feeds() -> bool:
    from search.elastic import indices

    with transaction.atomic(), indices.feeding() as mine:
        return not mine


def _is_blocked(cluster: Any) -> bool:
    names = cluster.indices.get_settings(index=alias(), name="index.blocks.*")
    return any(each["settings"] for each in names.values())
