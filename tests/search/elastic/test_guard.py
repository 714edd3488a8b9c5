"""How long a reader waits, and after how many failures nobody asks any more."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from search.elastic import guard as module
from search.elastic.guard import Guard, NotAnswered
from tests.waiting import HANGS


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Guard:
    """One whose index is fresh, and whose prober never comes to an end of its own."""
    settings.ELASTICSEARCH_SECONDS = HANGS
    monkeypatch.setattr(module.state, "is_stale", lambda now: False)
    monkeypatch.setattr(Guard, "_probe", lambda self: None)
    return Guard()


@pytest.fixture
def drips() -> Iterator[Callable[[], Any]]:
    """A question whose answer does not come before its reader's patience is over."""
    over = threading.Event()

    def ask() -> None:
        over.wait(HANGS)

    yield ask
    over.set()


def outcome(guard: Guard, ask: Callable[[], Any]) -> str:
    try:
        guard.call(ask)
    except NotAnswered as why:
        return str(why)
    return "answered"


def impatiently(settings: Any, guard: Guard, ask: Callable[[], Any]) -> str:
    settings.ELASTICSEARCH_SECONDS = 0.1
    try:
        return outcome(guard, ask)
    finally:
        settings.ELASTICSEARCH_SECONDS = HANGS


def test_an_answer_that_drips_is_given_up_as_a_whole(guard: Guard, drips: Callable[[], Any], settings: Any) -> None:
    """The client waits for each piece of an answer anew; the reader does not."""
    assert [impatiently(settings, guard, drips) for _ in range(3)] == ["slow", "slow", "slow"]
    assert outcome(guard, drips) == "failing"


def test_a_good_answer_in_between_begins_the_count_anew(guard: Guard, drips: Callable[[], Any], settings: Any) -> None:
    for _ in range(2):
        assert [impatiently(settings, guard, drips) for _ in range(2)] == ["slow", "slow"]
        assert outcome(guard, lambda: {"hits": {}}) == "answered"


def test_nobody_there_is_enough_once(guard: Guard) -> None:
    def refuse() -> None:
        raise ConnectionRefusedError

    assert [outcome(guard, refuse) for _ in range(2)] == ["down", "failing"]


def test_an_index_that_is_behind_is_not_asked(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.state, "is_stale", lambda now: True)
    assert outcome(guard, lambda: {"hits": {}}) == "stale"
