"""A new index takes the old one's place while people save and search, and not one change is lost."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from search import rows
from search.elastic import bulk, companion, feed, indices, mapping, rebuild, state
from search.elastic.client import alias, client, next_alias
from search.models import Change, EngineState, Listing
from tests.waiting import HANGS, ended, until

Put = Callable[..., None]


def stored(cluster: Any) -> dict[str, int]:
    cluster.indices.refresh(index=alias())
    found = cluster.search(index=alias(), size=5000, version=True)["hits"]
    assert len(found["hits"]) == found["total"]["value"]
    return {hit["_id"]: hit["_version"] for hit in found["hits"]}


def listed() -> dict[str, int]:
    found = Listing.objects.values_list("tenant_id", "kind", "source", "part", "version")
    return {mapping.identity(*key): version for *key, version in found}


def our_indices(cluster: Any) -> list[str]:
    return sorted(cluster.indices.get(index=f"{alias()}-*"))


def test_writes_and_deletions_during_a_rebuild_are_all_there_afterwards(
    committed_a: Any, cluster: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A saver and the feed go on in threads of their own while a second index is built in many small parts."""
    rows_at_first = 300
    for number in range(rows_at_first):
        put(committed_a, str(number))
    rebuild.rebuild()
    old = our_indices(cluster)
    monkeypatch.setattr(rebuild, "CHUNK", 10)
    saver = Saver(committed_a, put, of=rows_at_first)
    monkeypatch.setattr(rebuild, "_send", saver.beside(rebuild._send))
    monkeypatch.setattr(indices, "switch", saver.beside(indices.switch))
    stop, failures = threading.Event(), list[Exception]()
    threads = [
        threading.Thread(target=_again_and_again, args=(work, stop, failures)) for work in (saver.turn, feed.turn)
    ]
    for thread in threads:
        thread.start()
    try:
        done = rebuild.rebuild()
    finally:
        stop.set()
        saver.asked.release()
        ended(*threads)
    while feed.turn():
        pass
    assert failures == []
    assert saver.rounds > 20
    assert done.listings <= rows_at_first, "It ran after what was new."
    assert our_indices(cluster) == [done.index] != old
    assert not Change.objects.exists()
    assert stored(cluster) == listed()


class Saver:
    """Saves and removes once beside every step of a rebuild, in its own thread: as often as there are steps."""

    def __init__(self, tenant: Any, put: Put, *, of: int) -> None:
        self.tenant, self.put, self.of, self.rounds = tenant, put, of, 0
        self.asked, self.saved = threading.Semaphore(0), threading.Semaphore(0)

    def turn(self) -> None:
        assert self.asked.acquire(timeout=HANGS)
        at, self.rounds = self.rounds, self.rounds + 1
        try:
            self.put(self.tenant, str(at * 7 % self.of), title=f"改了{at}")
            if at < 200:
                self.put(self.tenant, f"new{at}")
            rows.remove(self.tenant.pk, "project", [(str(at * 11 % self.of), "")])
        finally:
            self.saved.release()

    def beside(self, step: Callable[..., Any]) -> Callable[..., Any]:
        """The step, which ends when both have."""

        def both(*given: Any) -> Any:
            self.asked.release()
            result = step(*given)
            assert self.saved.acquire(timeout=HANGS)
            return result

        return both


def test_what_changes_after_it_was_read_and_before_it_is_sent_stays_changed(
    index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tenant_a, "changed", title="从前")
    put(tenant_a, "deleted")
    feed.turn()
    send = rebuild._send

    def late(cluster: Any, name: str, actions: list[dict[str, Any]]) -> None:
        put(tenant_a, "changed", title="如今")
        rows.remove(tenant_a.pk, "project", [("deleted", "")])
        feed.turn()
        send(cluster, name, actions)

    monkeypatch.setattr(rebuild, "_send", late)
    rebuild.rebuild()
    assert stored(index) == listed() == {f"{tenant_a.pk}/project/changed/": Listing.objects.get().version}


def test_searches_are_answered_by_the_old_index_until_the_new_one_is_whole(
    index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tenant_a, "1")
    feed.turn()
    seen: list[tuple[int, bool]] = []
    send = rebuild._send

    def look(*given: Any) -> None:
        seen.append((len(stored(index)), indices.is_current(index)))
        send(*given)

    monkeypatch.setattr(rebuild, "_send", look)
    rebuild.rebuild()
    assert seen == [(1, True)]
    assert len(stored(index)) == 1


def test_what_a_dead_rebuild_left_behind_is_removed_by_the_next(index: Any, tenant_a: Any, put: Put) -> None:
    left = indices.create_next(index)
    put(tenant_a, "1")
    assert feed.turn() == 1
    done = rebuild.rebuild()
    assert our_indices(index) == [done.index]
    assert left != done.index
    assert indices.bearing(index, next_alias()) == []


def test_a_rebuild_that_fails_leaves_the_old_index_in_place(
    index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tenant_a, "1")
    feed.turn()
    before = our_indices(index)
    whole = mapping.document
    monkeypatch.setattr(mapping, "document", lambda row: {**whole(row), "starts_at": "no date"})
    with pytest.raises(rebuild.RebuildFailed, match="1/: document_parsing_exception"):
        rebuild.rebuild()
    assert our_indices(index) == before
    assert len(stored(index)) == 1
    assert EngineState.objects.get().rebuild_beat_at is None


def test_two_rebuilds_do_not_run_at_once_but_a_dead_one_does_not_count(index: Any) -> None:
    EngineState.objects.update_or_create(name="elasticsearch", defaults={"rebuild_beat_at": timezone.now()})
    with pytest.raises(state.RebuildRuns):
        rebuild.rebuild()
    EngineState.objects.update(rebuild_beat_at=timezone.now() - timedelta(minutes=4))
    assert rebuild.rebuild().listings == 0


def test_a_worker_builds_the_index_that_is_missing_and_the_one_whose_mapping_is_old(
    committed_a: Any, cluster: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(committed_a, "1")
    feeder = companion.Feeder()
    built = _let_it_build(feeder)
    assert stored(cluster) == listed()
    monkeypatch.setattr(mapping, "mark", lambda: "another")
    feeder.checked_at, feeder.builder = -companion.CHECK_SECONDS, None
    assert _let_it_build(feeder) != built
    # And leaves a present one alone.
    feeder.checked_at, feeder.builder = -companion.CHECK_SECONDS, None
    feeder.turn()
    assert feeder.builder is None


def test_the_worker_feeds_until_it_is_stopped(committed_a: Any, cluster: Any, put: Put) -> None:
    rebuild.rebuild()
    feeder = companion.Feeder()
    feeder.start()
    try:
        put(committed_a, "1")
        until(lambda: stored(cluster))
    finally:
        feeder.stop()
    assert not feeder.is_alive()
    assert EngineState.objects.get().fed_at is not None


def test_the_command_says_what_it_built_and_refuses_without_a_cluster(
    index: Any, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rebuild_elasticsearch")
    assert "0 listings" in capsys.readouterr().out
    settings.ELASTICSEARCH_URL = []
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("rebuild_elasticsearch")


def test_a_part_that_is_refused_is_sent_again(
    index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tenant_a, "1")
    send, answers = bulk.send, [bulk.Answers(later={f"{tenant_a.pk}/project/1/": "429"})]
    monkeypatch.setattr(rebuild.bulk, "send", lambda *given: answers.pop() if answers else send(*given))
    monkeypatch.setattr(rebuild.time, "sleep", lambda seconds: None)
    rebuild.rebuild()
    assert len(stored(index)) == 1


def _let_it_build(feeder: companion.Feeder) -> str:
    feeder.turn()
    assert feeder.builder is not None
    ended(feeder.builder)
    (name,) = indices.bearing(client(HANGS), alias())
    return name


def _again_and_again(work: Callable[[], object], stop: threading.Event, failures: list[Exception]) -> None:
    try:
        while not stop.is_set():
            work()
    except Exception as error:
        failures.append(error)
    finally:
        connection.close()
