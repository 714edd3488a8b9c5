"""How many hits each value of each facet would give, and how many there are; one statement.

The hits are read once and counted by their marks, by site, by place and by span of time: there are few ways to be
alike and many rows. Only then are marks taken apart.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from search.documents import holders
from search.facets import FACETS, Facet, Shape, span_start
from search.marks import read_mark
from search.plan import Plan
from search.postgres.asking import ask
from search.postgres.conditions import conditions, facet_sql
from search.query import MOST_COUNTED, ListingQuery

Counts = dict[str, dict[str, int]]
#: Of the places of all sites together only provinces, cities and districts are counted.
_DISTRICT = 3
_SPANS = [(facet, value) for facet in FACETS.values() for value in facet.spans or ()]


def counts(query: ListingQuery, plan: Plan | None) -> tuple[int, bool, Counts]:
    """The total, whether it is exact, and the counts by facet.

    A facet is counted under all conditions but its own: what is chosen still shows its alternatives.
    """
    chosen = [name for name, values in query.chosen.items() if values]
    asked = conditions(query, plan, without=chosen)
    bits = {name: 1 << place for place, name in enumerate(chosen)}
    keys = _keys(query) if query.with_facets else {}
    misses, parameters = _sum((bit, *_missed(FACETS[name], query)) for name, bit in bits.items())
    columns = [f"{misses} AS misses"]
    for name, (sql, given) in keys.items():
        columns.append(f"{sql} AS {name}")
        parameters += given
    match = "vector @@ %s::tsquery AND " if asked.query else ""
    parameters += [*([asked.query] if asked.query else []), *asked.parameters]
    sets = ", ".join(f"(misses{''.join(f', {name}' for name in alike)})" for alike in _alike(keys))
    sql = (
        f"WITH found AS (SELECT {', '.join(columns)} FROM search_listing "
        f"WHERE {match}{asked.where} LIMIT {MOST_COUNTED + 1}), "
        f"alike AS MATERIALIZED (SELECT misses{''.join(f', {name}' for name in keys)}, count(*) AS number "
        f"FROM found GROUP BY GROUPING SETS ({sets})) " + " UNION ALL ".join(_sums(list(keys)))
    )
    return _added_up(ask(sql, parameters), bits)


def _alike(keys: Collection[str]) -> list[list[str]]:
    """What rows are grouped by: once by their marks, and once by all that has few values and goes together."""
    others = [name for name in keys if name != "marks"]
    return [["marks"], others] if others else [[]]


def _sums(keys: list[str]) -> Iterator[str]:
    """Statements for (misses, key, value, number of rows); with an empty key for all rows."""
    others = f"{keys[-1]} IS NOT NULL" if keys else "TRUE"
    yield f"SELECT misses, '', '', sum(number)::bigint FROM alike WHERE {others} GROUP BY misses"
    for name in keys:
        value, of = ("mark", ", string_to_table(marks, E'\\n') AS mark") if name == "marks" else (f"{name}::text", "")
        yield (
            f"SELECT misses, '{name}', {value}, sum(number)::bigint FROM alike{of} "
            f"WHERE {name} IS NOT NULL GROUP BY misses, {'mark' if of else name}"
        )


def _keys(query: ListingQuery) -> dict[str, tuple[str, list[Any]]]:
    """What rows are told apart by, each as SQL that is never NULL, with its parameters."""
    last = "cardinality(places)" if query.tenants is not None else f"least(cardinality(places), {_DISTRICT})"
    return {
        "marks": ("marks", []),
        "site": ("tenant_id", []),
        "place": (f"coalesce(places[{last}], '')", []),
        "spans": _sum((1 << bit, *_inside(facet, value, query)) for bit, (facet, value) in enumerate(_SPANS)),
    }


def _sum(bits: Iterable[tuple[int, str, list[Any]]]) -> tuple[str, list[Any]]:
    """The bits whose condition holds, added."""
    sql, parameters = ["0"], []
    for bit, condition, given in bits:
        sql.append(f"CASE WHEN {condition} THEN {bit} ELSE 0 END")
        parameters += given
    return " + ".join(sql), parameters


def _missed(facet: Facet, query: ListingQuery) -> tuple[str, list[Any]]:
    """That a row does not fulfil what is chosen of a facet; where it says nothing of it, neither."""
    sql, given = facet_sql(facet, query.chosen[facet.name], query)
    return f"({sql}) IS NOT TRUE", given


def _inside(facet: Facet, value: str, query: ListingQuery) -> tuple[str, list[Any]]:
    edge = span_start(facet, value, query.now)
    if facet.shape is Shape.PAST:
        return f"{facet.column} >= %s", [edge]
    return f"{facet.column} >= %s AND {facet.column} < %s", [query.now, edge]


def _added_up(rows: Iterable[tuple[int, str, str, int]], bits: dict[str, int]) -> tuple[int, bool, Counts]:
    total = looked_at = 0
    found: dict[str, Counter[str]] = {}
    for misses, key, value, number in rows:
        if not key:
            looked_at += number
            total += 0 if misses else number
        for name, each in _values(key, value):
            if not misses & ~bits.get(name, 0):
                found.setdefault(name, Counter())[each] += number
    return min(total, MOST_COUNTED), looked_at <= MOST_COUNTED, {name: dict(counted) for name, counted in found.items()}


def _values(key: str, value: str) -> Iterator[tuple[str, str]]:
    """The (facet, value) that rows alike in this have."""
    if key == "marks" and value:
        yield read_mark(value)
    elif key == "site":
        yield "site", value
    elif key == "place":
        yield from (("place", place) for place in holders(value))
    elif key == "spans":
        yield from ((facet.name, span) for bit, (facet, span) in enumerate(_SPANS) if int(value) >> bit & 1)
