"""The engine that every installation has."""

import datetime as dt

from search.frequencies import Frequencies
from search.plan import Plan
from search.postgres.counts import counts
from search.postgres.hits import hits
from search.postgres.keys import sources
from search.postgres.suggest import suggest
from search.query import Found, ListingQuery, Suggestion


class PostgresEngine:
    """Two round trips for a search, one for keys or a suggestion."""

    name = "postgres"

    def find(self, query: ListingQuery, plan: Plan | None, known: Frequencies) -> Found:
        """Rows in order and counts; `plan` is None when no words are asked for."""
        total, is_exact, by_facet = counts(query, plan)
        found = hits(query, plan, mean_length=known.mean_length) if total else []
        return Found(found, total, is_exact, by_facet)

    def sources(self, query: ListingQuery, plan: Plan) -> list[str]:
        """The keys of whatever has a hit."""
        return sources(query, plan)

    def suggest(self, typed: str, *, tenant_id: int | None, now: dt.datetime, limit: int = 8) -> list[Suggestion]:
        """Titles that complete what is typed."""
        return suggest(typed, tenant_id=tenant_id, now=now, limit=limit)
