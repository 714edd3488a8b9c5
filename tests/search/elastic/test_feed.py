"""What changes in the listings reaches the index once, by version, whatever happens on the way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from search import rows
from search.elastic import bulk, feed, indices, mapping
from search.elastic.client import alias, client
from search.models import Change, Listing
from tests.waiting import HANGS, ended

Put = Callable[..., None]


def stored(cluster: Any) -> dict[str, int]:
    """The id and version of every document that a search would see."""
    cluster.indices.refresh(index=alias())
    hits = cluster.search(index=alias(), size=1000, version=True)["hits"]["hits"]
    return {hit["_id"]: hit["_version"] for hit in hits}


def test_a_change_is_found_after_one_turn_and_confirmed(index: Any, tenant_a: Any, put: Put) -> None:
    put(tenant_a, "1")
    assert feed.turn() == 1
    assert stored(index) == {f"{tenant_a.pk}/project/1/": Listing.objects.get().version}
    assert not Change.objects.exists()
    assert feed.turn() == 0


def test_a_small_batch_is_visible_at_once(index: Any, tenant_a: Any, put: Put) -> None:
    put(tenant_a, "1")
    feed.turn()
    assert index.count(index=alias())["count"] == 1


def test_what_is_taken_away_leaves_the_index(index: Any, tenant_a: Any, put: Put) -> None:
    put(tenant_a, "1")
    put(tenant_a, "2")
    feed.turn()
    rows.remove(tenant_a.pk, "project", [("1", "")])
    assert feed.turn() == 1
    assert list(stored(index)) == [f"{tenant_a.pk}/project/2/"]


def test_what_came_and_went_between_two_turns_never_appears(index: Any, tenant_a: Any, put: Put) -> None:
    put(tenant_a, "1")
    rows.remove(tenant_a.pk, "project", [("1", "")])
    assert feed.turn() == 1
    assert stored(index) == {}
    assert not Change.objects.exists()


def test_a_site_that_is_removed_leaves_the_index_and_others_stay(
    index: Any, tenant_a: Any, tenant_b: Any, put: Put
) -> None:
    for tenant in (tenant_a, tenant_b):
        put(tenant, "1")
    feed.turn()
    rows.remove_all(tenant_a.pk)
    feed.turn()
    assert list(stored(index)) == [f"{tenant_b.pk}/project/1/"]


def test_sending_twice_is_sending_once(index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies after the cluster has taken the batch and before it is confirmed."""
    put(tenant_a, "1")
    with monkeypatch.context() as broken:
        broken.setattr(feed, "_confirm", lambda waiting, answers: _die())
        with pytest.raises(KeyboardInterrupt):
            feed.turn()
    before = stored(index)
    assert Change.objects.count() == 1
    assert feed.turn() == 1
    assert stored(index) == before
    assert not Change.objects.exists()


def test_dying_before_the_cluster_has_answered_loses_nothing(
    index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tenant_a, "1")
    with monkeypatch.context() as broken:
        broken.setattr(feed, "_send", lambda actions: _die())
        with pytest.raises(KeyboardInterrupt):
            feed.turn()
    assert feed.turn() == 1
    assert len(stored(index)) == 1


def test_an_older_version_that_comes_late_changes_nothing(index: Any, tenant_a: Any, put: Put) -> None:
    """A feed that was frozen between reading and sending wakes up after another has gone on."""
    put(tenant_a, "1", title="从前")
    put(tenant_a, "2", title="从前")
    keys = feed._due()
    _waiting, old = feed._actions(keys)
    put(tenant_a, "1", title="如今")
    rows.remove(tenant_a.pk, "project", [("2", "")])
    feed.turn()
    now = stored(index)
    answers = bulk.send(client(HANGS), alias(), old)
    assert (stored(index), len(answers.taken)) == (now, 2)


def test_a_change_made_while_the_batch_is_under_way_waits_for_the_next(
    index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tenant_a, "1", title="一")
    send = feed._send

    def slow(actions: list[dict[str, Any]]) -> bulk.Answers:
        put(tenant_a, "1", title="二")
        return send(actions)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(feed, "_send", slow)
        feed.turn()
    assert Change.objects.count() == 1
    feed.turn()
    assert list(stored(index).values()) == [Listing.objects.get().version]


def test_one_listing_that_is_refused_for_good_does_not_hold_up_the_others(
    index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tenant_a, "bad")
    put(tenant_a, "good")
    whole = mapping.document

    def spoilt(row: tuple[Any, ...]) -> dict[str, Any]:
        return {**whole(row), **({"starts_at": "no date"} if row[3] == "bad" else {})}

    monkeypatch.setattr(mapping, "document", spoilt)
    assert feed.turn() == 1
    assert list(stored(index)) == [f"{tenant_a.pk}/project/good/"]
    refused = Change.objects.get()
    assert (refused.source, refused.attempts) == ("bad", 1)
    assert refused.error.startswith("document_parsing_exception")
    assert feed.turn() == 0
    # A new save is tried at once.
    monkeypatch.setattr(mapping, "document", whole)
    put(tenant_a, "bad", title="好了")
    assert feed.turn() == 1


def test_without_an_index_nothing_is_confirmed(cluster: Any, tenant_a: Any, put: Put) -> None:
    put(tenant_a, "1")
    with pytest.raises(feed.FeedRefused):
        feed.turn()
    assert Change.objects.count() == 1


def test_every_document_of_a_site_lies_on_the_sites_shard(index: Any, tenant_a: Any, put: Put) -> None:
    put(tenant_a, "1")
    feed.turn()
    found = index.search(index=alias(), routing=str(tenant_a.pk), stored_fields=["_routing"])["hits"]["hits"]
    assert [hit["_routing"] for hit in found] == [str(tenant_a.pk)]


def test_only_one_process_feeds_and_a_saver_does_not_wait_for_it(committed_a: Any, cluster: Any, put: Put) -> None:
    import threading

    from search.elastic.rebuild import rebuild

    rebuild()
    put(committed_a, "1")
    entered, leave = threading.Event(), threading.Event()
    others: list[int | None] = []

    def hold() -> None:
        with indices.feeding():
            entered.set()
            leave.wait(HANGS)
        connection.close()

    first = threading.Thread(target=hold)
    first.start()
    assert entered.wait(HANGS)
    others.append(feed.turn())
    put(committed_a, "1", title="二")
    leave.set()
    ended(first)
    others.append(feed.turn())
    assert others == [None, 1]


def _die() -> Any:
    raise KeyboardInterrupt
