"""In what order hits come: the same sums as PostgreSQL's, without a script.

PostgreSQL multiplies what each term is worth by `ts_rank`, which gives the first place of a term its weight and each
further one less. The index holds for every term where it stands first, second and third (`tokens.worth`), so a
lookup that counts as much as that place is the same sum.
"""

from typing import Any

from search.boosts import OPEN_STATUSES, Boosts
from search.elastic.conditions import Clause, nearness
from search.elastic.mapping import brevity
from search.elastic.tokens import PLACES, worth
from search.plan import Plan
from search.query import ListingQuery, Near, Sort

#: What ts_rank divides by: the sum of 1/n².
_WHOLE = 1.64493406685
_NEWEST = [{"published_on": {"order": "desc", "missing": "_last"}}, {"pk": "desc"}]
_SOONEST = [
    {"starts_at": {"order": "asc", "missing": "_last"}},
    {"published_on": {"order": "desc", "missing": "_last"}},
    {"pk": "asc"},
]
_BEST: dict[str, Any] = {"_score": {"order": "desc"}}


def ranked(
    filters: list[Clause], query: ListingQuery, plan: Plan | None, *, mean_length: float
) -> tuple[Clause, list[Any]]:
    """The query with its scores, and the order."""
    found: Clause = {"bool": {"filter": filters}}
    if query.sort is Sort.SOONEST:
        return found, _SOONEST
    if query.sort is Sort.NEAREST and query.near:
        return _by_step(found, query.near), [_BEST, *_metres(query.near), *_SOONEST]
    if query.sort is not Sort.RELEVANCE:
        return found, _NEWEST
    if plan is None:
        return _constant(found, [(1.0, _open())]), [_BEST, *_NEWEST]
    return _by_words(filters, query, plan, brevity(mean_length)), [_BEST, {"pk": "asc"}]


def _by_words(filters: list[Clause], query: ListingQuery, plan: Plan, length: str) -> Clause:
    words = [_term(term, points, query.boosts) for term, points in plan.points if points > 0]
    found = {"bool": {"filter": filters, "should": words}}
    brief = {"function_score": {"query": found, "field_value_factor": {"field": length}, "boost_mode": "multiply"}}
    factors: list[Clause] = [{"weight": 1.0}, *_fresh(query), *_weighted(query.boosts.open, _open())]
    if query.near:
        for step, place in nearness(query.near):
            factors += _weighted(query.boosts.near * (5 - step) / 5, place)
    return {"function_score": {"query": brief, "functions": factors, "score_mode": "sum", "boost_mode": "multiply"}}


def _term(term: str, points: float, boosts: Boosts) -> Clause:
    """What a term adds: named, so that the sum can be explained."""
    weights = {"A": boosts.title, "B": boosts.filed, "C": boosts.summary, "D": boosts.text}
    places = [
        {"term": {"worth": {"value": worth(term, weight, place), "boost": points * value / _WHOLE / place**2}}}
        for weight, value in weights.items()
        for place in range(1, PLACES[weight] + 1)
        if value > 0
    ]
    return {"bool": {"should": places, "_name": term}}


def _fresh(query: ListingQuery) -> list[Clause]:
    """Half after each half life; what is dated ahead counts as of today."""
    boosts, today = query.boosts, query.today.isoformat()
    if boosts.fresh <= 0:
        return []
    scale = f"{max(1, round(boosts.half_life * 24))}h"
    return [
        {
            "filter": {"range": {"published_on": {"lte": today}}},
            "exp": {"published_on": {"origin": today, "scale": scale, "decay": 0.5}},
            "weight": boosts.fresh,
        },
        {"filter": {"range": {"published_on": {"gt": today}}}, "weight": boosts.fresh},
    ]


def _by_step(found: Clause, near: Near) -> Clause:
    return _constant(found, [(5.0 - step, place) for step, place in nearness(near)])


def _constant(found: Clause, weights: list[tuple[float, Clause]]) -> Clause:
    """A score that says only which of these a hit is."""
    functions = [{"filter": clause, "weight": weight} for weight, clause in weights]
    # One more than nothing: a hit that is none of them must not score as if it were the first.
    return {
        "function_score": {
            "query": {"constant_score": {"filter": found}},
            "functions": [{"weight": 1.0}, *functions],
            "score_mode": "sum",
            "boost_mode": "replace",
        }
    }


def _metres(near: Near) -> list[Any]:
    if near.latitude is None or near.longitude is None:
        return []
    point = {"lat": near.latitude, "lon": near.longitude}
    return [{"_geo_distance": {"point": point, "order": "asc", "unit": "m"}}]


def _weighted(weight: float, clause: Clause) -> list[Clause]:
    return [{"filter": clause, "weight": weight}] if weight > 0 else []


def _open() -> Clause:
    return {"terms": {"status": list(OPEN_STATUSES)}}
