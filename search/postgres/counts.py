"""How many hits each value of each facet would give, and how many there are; one statement."""

from collections.abc import Iterable
from typing import Any

from search.facets import FACETS, Facet, Shape, span_start
from search.plan import Plan
from search.postgres.asking import ask
from search.postgres.conditions import conditions, facet_sql
from search.query import MOST_COUNTED, ListingQuery

Counts = dict[str, dict[str, int]]


def counts(query: ListingQuery, plan: Plan | None) -> tuple[int, bool, Counts]:
    """The total, whether it is exact, and the counts by facet.

    A facet is counted under all conditions but its own: what is chosen still shows its alternatives.
    """
    chosen = [name for name, values in query.chosen.items() if values]
    asked = conditions(query, plan, without=chosen)
    bits = {name: 1 << place for place, name in enumerate(chosen)}
    misses, given = _misses(query, bits)
    columns = sorted({facet.column for facet in FACETS.values()})
    match = "vector @@ %s::tsquery AND " if asked.query else ""
    base = (
        f"WITH found AS MATERIALIZED (SELECT {', '.join(columns)}, {misses} AS misses FROM search_listing "
        f"WHERE {match}{asked.where} LIMIT {MOST_COUNTED + 1}) "
    )
    parameters: list[Any] = [*given, *([asked.query] if asked.query else []), *asked.parameters]
    parts = ["SELECT '' AS facet, '' AS value, count(*) FROM found WHERE misses = 0",
             "SELECT '*', '', count(*) FROM found"]  # fmt: skip
    for facet in FACETS.values() if query.with_facets else ():
        for sql, more in _facet(facet, query, bits.get(facet.name, 0)):
            parts.append(sql)
            parameters += more
    return _gather(ask(base + " UNION ALL ".join(parts), parameters))


def _misses(query: ListingQuery, bits: dict[str, int]) -> tuple[str, list[Any]]:
    """The sum of the bits of the chosen facets that a row does not fulfil."""
    sql, parameters = ["0"], []
    for name, bit in bits.items():
        part, given = facet_sql(FACETS[name], query.chosen[name], query)
        sql.append(f"CASE WHEN {part} THEN 0 ELSE {bit} END")
        parameters += given
    return " + ".join(sql), parameters


def _facet(facet: Facet, query: ListingQuery, bit: int) -> Iterable[tuple[str, list[Any]]]:
    column, name, allowed = facet.column, facet.name, f"misses & ~{bit} = 0"
    if facet.shape is Shape.MANY:
        # Rows with the same list are counted before the list is taken apart: there are few lists and many rows.
        # As text, because lists themselves are slow to tell apart; no value has a space in it.
        list_ = f"array_to_string({_kept(facet, query)}, ' ')"
        lists = f"SELECT {list_} AS list, misses, count(*) AS number FROM found GROUP BY list, misses"
        each = f"FROM ({lists}) AS lists, string_to_table(list, ' ') AS value WHERE {allowed} GROUP BY value"
        yield f"SELECT '{name}', value, sum(number) {each}", []
    elif facet.shape is Shape.ONE:
        yield f"SELECT '{name}', {column}::text, count(*) FROM found WHERE {allowed} GROUP BY {column}", []
    else:
        for value in facet.spans or {}:
            edge = span_start(facet, value, query.now)
            inside = f"{column} >= %s" if facet.shape is Shape.PAST else f"{column} >= %s AND {column} < %s"
            given = [edge] if facet.shape is Shape.PAST else [query.now, edge]
            yield f"SELECT '{name}', '{value}', count(*) FROM found WHERE {allowed} AND {inside}", given


def _kept(facet: Facet, query: ListingQuery) -> str:
    """Of the places of all sites together only provinces, cities and districts are counted."""
    everywhere = facet.name == "place" and query.tenants is None
    return f"{facet.column}[1:3]" if everywhere else facet.column


def _gather(rows: Iterable[tuple[str, str, int]]) -> tuple[int, bool, Counts]:
    found: Counts = {}
    total, is_exact = 0, True
    for facet, value, number in rows:
        if facet == "":
            total = int(number)
        elif facet == "*":
            is_exact = number <= MOST_COUNTED
        elif value and number:
            found.setdefault(facet, {})[value] = int(number)
    return total, is_exact, found
