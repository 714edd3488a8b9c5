"""Whose listings are hits: the sources alone, for lists with conditions and orders of their own."""

from typing import Any

from search.plan import Plan
from search.postgres.asking import ask
from search.postgres.conditions import conditions
from search.query import MOST_SOURCES, ListingQuery


def sources(query: ListingQuery, plan: Plan) -> list[str]:
    """Each source once, the latest listed first; one round trip."""
    asked = conditions(query, plan)
    # Materialized, or the planner might walk through the whole table in the order of its keys.
    sql = (
        "WITH found AS MATERIALIZED "
        f"(SELECT id, source FROM search_listing WHERE vector @@ %s::tsquery AND {asked.where}) "
        "SELECT source FROM found GROUP BY source ORDER BY max(id) DESC LIMIT %s"
    )
    parameters: list[Any] = [asked.query, *asked.parameters, MOST_SOURCES]
    return [source for (source,) in ask(sql, parameters)]
