"""How many hits each value of each facet would give: under all conditions but the facet's own."""

from collections.abc import Iterator
from typing import Any

from search.elastic.conditions import Clause, chosen, field, span
from search.facets import FACETS, Facet, Shape
from search.query import ListingQuery

#: A country has fewer streets in one answer than this; any other facet far fewer values.
_MOST_VALUES = 10_000


def aggregations(query: ListingQuery) -> Clause:
    """One for each facet."""
    if not query.with_facets:
        return {}
    return {name: _narrowed(_values(facet, query), chosen(query, without=name)) for name, facet in FACETS.items()}


def counted(answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    """By facet and value, what is 0 left out."""
    found: dict[str, dict[str, int]] = {}
    for name, aggregation in answer.items():
        values = {
            value: number for value, number in _numbers(aggregation.get("values", aggregation)) if value and number
        }
        if values:
            found[name] = values
    return found


def _values(facet: Facet, query: ListingQuery) -> Clause:
    if facet.spans is None:
        return {
            "terms": {
                "field": _counted_field(facet, query),
                "size": _MOST_VALUES if facet.shape is Shape.MANY else 1000,
            }
        }
    spans = [{"key": value, **_bounds(facet, value, query)} for value in facet.spans]
    return {"date_range": {"field": facet.column, "ranges": spans, "keyed": True}}


def _bounds(facet: Facet, value: str, query: ListingQuery) -> Clause:
    names = {"gte": "from", "lt": "to"}
    return {names[name]: day for name, day in span(facet, value, query).items()}


def _narrowed(values: Clause, others: list[Clause]) -> Clause:
    """Under the other facets; where none is chosen there is no need to look at every hit once more."""
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}} if others else values


def _counted_field(facet: Facet, query: ListingQuery) -> str:
    """Of the places of all sites together only provinces, cities and districts are counted."""
    return "districts" if facet.name == "place" and query.tenants is None else field(facet)


def _numbers(values: dict[str, Any]) -> Iterator[tuple[str, int]]:
    buckets = values["buckets"]
    if isinstance(buckets, dict):
        yield from ((value, bucket["doc_count"]) for value, bucket in buckets.items())
    else:
        yield from ((str(bucket["key"]), bucket["doc_count"]) for bucket in buckets)
