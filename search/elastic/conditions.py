"""A question as filters of Elasticsearch: what PostgreSQL's `search.postgres.conditions` says, in its words."""

from collections.abc import Iterable, Mapping
from typing import Any

from search.documents import prefix_of
from search.elastic.tokens import token
from search.facets import FACETS, Facet, Shape, span_start
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
    """Steps from the reader, 0 in the same community to 4 in the same city, each without those that are nearer."""
    code = prefix_of(near.division_code)
    neighbours = [prefix_of(each) for each in near.neighbours]
    places = [
        (0, [code] if len(code) == 12 else []),
        (1, [code[:9]] if len(code) >= 9 else []),
        (2, neighbours),
        (3, [code[:6]] if len(code) >= 6 else []),
        (4, [code[:4]] if len(code) >= 4 else []),
    ]
    found: list[tuple[int, Clause]] = []
    nearer: list[str] = []
    for step, values in places:
        if values:
            found.append((step, _within(values, list(nearer))))
            nearer += values
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
