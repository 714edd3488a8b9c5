"""The engine for large platforms: Elasticsearch decides which listings and in what order, PostgreSQL shows them."""

import datetime as dt
from collections.abc import Sequence
from math import asin, cos, exp, log, radians, sin, sqrt
from typing import Any

from search.boosts import OPEN_STATUSES
from search.elastic.asking import ask
from search.elastic.conditions import Clause, always, chosen, visible
from search.elastic.counts import aggregations, counted
from search.elastic.keys import sources
from search.elastic.ranking import ranked
from search.frequencies import Frequencies
from search.models import Listing
from search.nearness import ELSEWHERE, step
from search.normal import normal
from search.plan import Plan
from search.query import DEEPEST, Found, Hit, ListingQuery, Near, Reason, Sort, Suggestion
from search.vectors import MOST_PREFIX

_EARTH = 6_371_000
_HIDDEN = ("vector", "prefixes")
"""What of a row nobody shows."""


class ElasticEngine:
    """One request for a search and one query for its rows. Raises `NotAnswered`."""

    name = "elasticsearch"

    def find(self, query: ListingQuery, plan: Plan | None, known: Frequencies) -> Found:
        """Rows in order and counts; `plan` is None when no words are asked for."""
        answer = ask(query.tenants, **_request(query, plan, known))
        total = int(answer["hits"]["total"]["value"])
        found = answer["hits"]["hits"]
        rows = _rows([_pk(hit) for hit in found])
        # A listing that has gone meanwhile is not shown, even before the index has heard of it.
        hits = [_hit(hit, row, query, plan) for hit in found if (row := rows.get(_pk(hit))) is not None]
        return Found(hits, total, True, counted(answer.get("aggregations", {})))

    def sources(self, query: ListingQuery, plan: Plan) -> list[str]:
        """The keys of whatever has a hit."""
        return sources(query, plan)

    def suggest(self, typed: str, *, tenant_id: int | None, now: dt.datetime, limit: int = 8) -> list[Suggestion]:
        """Titles that complete what is typed."""
        plain = "".join(character for character in normal(typed) if character.isalnum())[: MOST_PREFIX * 2]
        if len(plain) < (2 if tenant_id is None else 1):
            return []
        answer = ask(None if tenant_id is None else (tenant_id,), **_beginnings(plain, tenant_id, now, limit))
        rows = _rows([_pk(hit) for hit in answer["hits"]["hits"]])
        found: dict[str, Suggestion] = {}
        for row in rows.values():
            found.setdefault(row.title, Suggestion(row.title, row.kind, row.url, row.tenant_id))
        return list(found.values())[:limit]


def _request(query: ListingQuery, plan: Plan | None, known: Frequencies) -> dict[str, Any]:
    wanted, sort = ranked(always(query, plan), query, plan, mean_length=known.mean_length)
    return {
        "query": wanted,
        "post_filter": {"bool": {"filter": chosen(query)}},
        "aggs": aggregations(query),
        "sort": sort,
        "from_": min(query.offset, DEEPEST),
        "size": query.limit if query.offset < DEEPEST else 0,
        "track_total_hits": True,
        "track_scores": True,
        "docvalue_fields": ["pk"],
        "include_named_queries_score": query.explain,
    }


def _beginnings(plain: str, tenant_id: int | None, now: dt.datetime, limit: int) -> dict[str, Any]:
    sites: list[Clause] = [] if tenant_id is None else [{"term": {"tenant": str(tenant_id)}}]
    begun = {"prefix": {"beginnings": {"value": plain}}}
    first = {"constant_score": {"filter": {"prefix": {"name": {"value": plain}}}}}
    filters = [begun, {"term": {"whole": True}}, visible(now), *sites]
    return {
        "query": {"bool": {"filter": filters, "should": [first]}},
        "sort": [
            {"_score": "desc"},
            {"starts_at": {"order": "asc", "missing": "_last"}},
            {"name_length": "asc"},
            {"pk": "asc"},
        ],
        # Several may bear one title.
        "size": limit * 6,
        "track_total_hits": False,
        "docvalue_fields": ["pk"],
    }


def _pk(hit: dict[str, Any]) -> int:
    return int(hit["fields"]["pk"][0])


def _rows(keys: Sequence[int]) -> dict[int, Listing]:
    """By primary key, in this order."""
    found = Listing.objects.defer(*_HIDDEN).in_bulk(keys)
    return {key: found[key] for key in keys if key in found}


def _hit(hit: dict[str, Any], row: Listing, query: ListingQuery, plan: Plan | None) -> Hit:
    by_words = plan is not None and query.sort is Sort.RELEVANCE
    score = float(hit["_score"] or 0.0) if by_words else 0.0
    reasons = _reasons(hit, row, query) if query.explain and by_words else ()
    return Hit(row, score, metres=_metres(row, query.near), reasons=reasons)


def _reasons(hit: dict[str, Any], row: Listing, query: ListingQuery) -> list[Reason]:
    """What each term added, and by how much the sum was raised."""
    matched: dict[str, float] = hit.get("matched_queries") or {}
    worth = [Reason(term, points) for term, points in matched.items() if points]
    boosts = query.boosts
    raised = {"open": boosts.open if row.status in OPEN_STATUSES else 0.0, "near": _near(row, query)}
    if row.published_on:
        days = max((query.today - row.published_on).days, 0)
        raised["fresh"] = boosts.fresh * exp(-log(2) * days / boosts.half_life)
    return sorted(worth, key=lambda reason: -reason.points) + [
        Reason(name, points) for name in ("fresh", "open", "near") if (points := raised.get(name, 0.0))
    ]


def _near(row: Listing, query: ListingQuery) -> float:
    if query.near is None:
        return 0.0
    return query.boosts.near * (ELSEWHERE - step(query.near, row.places)) / ELSEWHERE


def _metres(row: Listing, near: Near | None) -> float | None:
    """On the sphere (haversine); None where either position is not known."""
    if near is None or None in (near.latitude, near.longitude, row.latitude, row.longitude):
        return None
    ours, theirs = (radians(value) for value in (near.latitude or 0.0, row.latitude or 0.0))
    across = radians((row.longitude or 0.0) - (near.longitude or 0.0))
    half = sin((theirs - ours) / 2) ** 2 + cos(ours) * cos(theirs) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))
