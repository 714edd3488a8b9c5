"""A question as filters of Elasticsearch: what PostgreSQL's `search.postgres.conditions` says, in its words."""

from collections.abc import Iterable, Mapping
from typing import Any

from search.elastic.tokens import token
from search.facets import FACETS, Facet, Shape, span_start
from search.nearness import steps
from search.plan import Plan
from search.query import ListingQuery, Near

Clause = dict[str, Any]
#: Fields that bear other names than the columns.
_FIELDS = {"tenant_id": "tenant"}


def always(query: ListingQuery, plan: Plan | None) -> list[Clause]:
    """What every counted and every shown listing fulfils: all but the chosen facets."""
    found = [visible(query.now)]
    found += [any_of([every(way) for way in group]) for group in plan.groups] if plan else []
    if query.tenants is not None:
        found.append({"terms": {"tenant": [str(tenant_id) for tenant_id in query.tenants]}})
    days = {name: day.isoformat() for name, day in (("gte", query.since), ("lte", query.until)) if day is not None}
    if days:
        found.append({"range": {"day": days}})
    return found


def chosen(query: ListingQuery, *, without: str = "") -> list[Clause]:
    """The facets that the reader has chosen, but for one that is to be counted."""
    return [
        facet_clause(FACETS[name], values, query) for name, values in query.chosen.items() if values and name != without
    ]


def facet_clause(facet: Facet, values: Iterable[str], query: ListingQuery) -> Clause:
    """One of the values holds."""
    if facet.spans is None:
        return {"terms": {field(facet): list(values)}}
    return any_of([{"range": {facet.column: span(facet, value, query)}} for value in values])


def span(facet: Facet, value: str, query: ListingQuery) -> Mapping[str, str]:
    """The bounds of a span of time."""
    edge = span_start(facet, value, query.now).isoformat()
    return {"gte": edge} if facet.shape is Shape.PAST else {"gte": query.now.isoformat(), "lt": edge}


def field(facet: Facet) -> str:
    return _FIELDS.get(facet.column, facet.column)


def visible(now: Any) -> Clause:
    """Its time is not over."""
    return {"bool": {"must_not": [{"range": {"visible_until": {"lte": now.isoformat()}}}]}}


def nearness(near: Near) -> list[tuple[int, Clause]]:
    """Steps from the reader (`search.nearness`), each without the places that are nearer."""
    found: list[tuple[int, Clause]] = []
    nearer: list[str] = []
    for places, step in steps(near):
        found.append((step, _within(places, list(nearer))))
        nearer += places
    return found


def every(terms: Iterable[str]) -> Clause:
    """All of the terms stand in it."""
    clauses = [{"term": {"all": token(term)}} for term in sorted(terms)]
    return clauses[0] if len(clauses) == 1 else {"bool": {"filter": clauses}}


def any_of(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses, "minimum_should_match": 1}}


def _within(places: list[str], nearer: list[str]) -> Clause:
    inside = {"terms": {"places": places}}
    return {"bool": {"filter": [inside], "must_not": [{"terms": {"places": nearer}}]}} if nearer else inside
