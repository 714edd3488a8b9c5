"""Which engine answers."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

from search.elastic.client import configured
from search.elastic.engine import ElasticEngine
from search.elastic.guard import NotAnswered, guard
from search.frequencies import Frequencies
from search.plan import Plan
from search.postgres.engine import PostgresEngine
from search.query import Found, ListingQuery, Suggestion


class Engine(Protocol):
    """What both engines can do, and the conformance suite asks of them."""

    name: str

    def find(self, query: ListingQuery, plan: Plan | None, known: Frequencies) -> Found:
        """The hits of one page in order, the total and the counts of every facet."""

    def sources(self, query: ListingQuery, plan: Plan) -> list[str]:
        """The keys of whatever has a hit, each once, the latest listed first, at most `MOST_SOURCES`."""

    def suggest(self, typed: str, *, tenant_id: int | None, now: dt.datetime, limit: int = 8) -> list[Suggestion]:
        """Titles that complete what is typed."""


Answer = TypeVar("Answer")
_postgres = PostgresEngine()
_elastic = ElasticEngine()
_forced: ContextVar[Engine | None] = ContextVar("search_engine_forced", default=None)
_said: ContextVar[list[str] | None] = ContextVar("search_engine_said", default=None)


def answered(ask: Callable[[Engine], Answer]) -> Answer:
    """What `ask` makes of the engine in use: Elasticsearch where there is one, PostgreSQL while that fails."""
    forced = _forced.get()
    if forced:
        return _noted(forced.name, ask(forced))
    if not configured():
        return _noted(_postgres.name, ask(_postgres))
    try:
        return _noted(_elastic.name, ask(_elastic))
    except NotAnswered as why:
        guard().count_fallback()
        return _noted(f"{_postgres.name}; instead-of={_elastic.name}; why={why}", ask(_postgres))


@contextmanager
def only(name: str) -> Iterator[None]:
    """Within, this engine answers or nobody does: to measure it. Then `NotAnswered` may be raised."""
    token = _forced.set({engine.name: engine for engine in (_postgres, _elastic)}[name])
    try:
        yield
    finally:
        _forced.reset(token)


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collects which engines answered within, the last at the end: for a header."""
    said: list[str] = []
    token = _said.set(said)
    try:
        yield said
    finally:
        _said.reset(token)


def _noted(name: str, answer: Answer) -> Answer:
    said = _said.get()
    if said is not None:
        said.append(name)
    return answer
