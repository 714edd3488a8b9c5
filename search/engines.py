"""Which engine answers."""

import datetime as dt
from typing import Protocol

from search.frequencies import Frequencies
from search.plan import Plan
from search.postgres.engine import PostgresEngine
from search.query import Found, ListingQuery, Suggestion


class Engine(Protocol):
    """What both engines can do, and the conformance suite asks of them."""

    name: str

    def find(self, query: ListingQuery, plan: Plan | None, known: Frequencies) -> Found:
        """The hits of one page in order, the total and the counts of every facet."""

    def suggest(self, typed: str, *, tenant_id: int | None, now: dt.datetime, limit: int = 8) -> list[Suggestion]:
        """Titles that complete what is typed."""


_postgres = PostgresEngine()


def engine() -> Engine:
    """The engine in use."""
    return _postgres
