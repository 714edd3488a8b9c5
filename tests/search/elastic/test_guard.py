"""How long a reader waits, and after how many failures nobody asks any more."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from search.elastic import guard as module
from search.elastic.guard import Guard, NotAnswered


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Guard:
    """One whose index is fresh, and whose prober never comes to an end of its own."""
    settings.ELASTICSEARCH_SECONDS = 0.2
    monkeypatch.setattr(module.state, "is_stale", lambda now: False)
    monkeypatch.setattr(Guard, "_probe", lambda self: None)
    return Guard()


def outcome(guard: Guard, ask: Callable[[], Any]) -> str:
    try:
        guard.call(ask)
    except NotAnswered as why:
        return str(why)
    return "answered"


def test_an_answer_that_drips_is_given_up_as_a_whole(guard: Guard) -> None:
    """The client waits for each piece of an answer anew; the reader does not."""
    never = threading.Event()
    assert [outcome(guard, lambda: never.wait(20)) for _ in range(4)] == ["slow", "slow", "slow", "failing"]
    never.set()


def test_a_good_answer_in_between_begins_the_count_anew(guard: Guard) -> None:
    never = threading.Event()
    answers: list[Callable[[], Any]] = [lambda: never.wait(20), lambda: never.wait(20), lambda: {"hits": {}}]
    said = [outcome(guard, ask) for ask in answers * 2]
    never.set()
    assert said == ["slow", "slow", "answered", "slow", "slow", "answered"]


def test_nobody_there_is_enough_once(guard: Guard) -> None:
    def refuse() -> None:
        raise ConnectionRefusedError

    assert [outcome(guard, refuse) for _ in range(2)] == ["down", "failing"]


def test_an_index_that_is_behind_is_not_asked(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.state, "is_stale", lambda now: True)
    assert outcome(guard, lambda: {"hits": {}}) == "stale"
