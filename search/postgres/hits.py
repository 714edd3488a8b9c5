"""The best rows for a question, in one statement: candidates by the index, a short list, the rank of each."""

import json
from typing import Any

from search.boosts import OPEN_STATUSES
from search.models import Listing
from search.plan import Plan
from search.postgres.asking import ask
from search.postgres.conditions import any_word, conditions
from search.postgres.distance import distance_sql, nearness_sql
from search.query import DEEPEST, Hit, ListingQuery, Reason, Sort
from search.vectors import quoted

#: So many with a word in the title, and so many with all words anywhere, are looked at,
TITLED, MATCHED = 1_000, 3_000
#: and so many of them are ranked by every word.
RANKED = 500
#: ts_rank gives one occurrence 0.6 of its weight; more approach the whole.
MEAN_SHARE = 0.1
_COLUMNS = [field.column for field in Listing._meta.concrete_fields if field.name not in {"head", "vector", "prefixes"}]
_COLUMNS_OF_L = [f"l.{name}" for name in _COLUMNS]
_ORDERS = {
    Sort.SOONEST: "starts_at NULLS LAST, published_on DESC NULLS LAST, id",
    Sort.NEWEST: "published_on DESC NULLS LAST, id DESC",
}


def hits(query: ListingQuery, plan: Plan | None, *, mean_length: float) -> list[Hit]:
    """One round trip. Rows come with everything that a result shows, without the vectors."""
    if query.offset >= DEEPEST:
        return []
    by_words = plan is not None and query.sort is Sort.RELEVANCE
    sql, parameters = _ranked(query, plan, mean_length) if by_words and plan else _ordered(query, plan)
    return [_hit(row, query, plan) for row in ask(sql, parameters)]


def _ordered(query: ListingQuery, plan: Plan | None) -> tuple[str, list[Any]]:
    """By date or distance: the order is a column's, words only decide what is in it."""
    asked = conditions(query, plan)
    metres, given = distance_sql(query.near)
    order = _ORDERS.get(query.sort, _ORDERS[Sort.NEWEST])
    extra: list[Any] = []
    if query.sort is Sort.NEAREST and query.near:
        steps, extra = nearness_sql(query.near)
        order = f"{steps}, metres NULLS LAST, {_ORDERS[Sort.SOONEST]}"
    elif query.sort is Sort.RELEVANCE:
        order = f"(status = ANY(%s)) DESC, {_ORDERS[Sort.NEWEST]}"
        extra = [list(OPEN_STATUSES)]
    match, words = _match(asked.query)
    sql = (
        f"SELECT 0::float8 AS score, {metres} AS metres, NULL::float8[] AS parts, {', '.join(_COLUMNS)} "
        f"FROM search_listing WHERE {match}{asked.where} ORDER BY {order} LIMIT %s OFFSET %s"
    )
    return sql, [*given, *words, *asked.parameters, *extra, query.limit, query.offset]


def _ranked(query: ListingQuery, plan: Plan, mean_length: float) -> tuple[str, list[Any]]:
    asked = conditions(query, plan)
    metres, given = distance_sql(query.near)
    near, steps = nearness_sql(query.near) if query.near else ("5", [])
    terms = [quoted(term) for term, _points in plan.points]
    points = [value for _term, value in plan.points]
    boosts = query.boosts
    parts = (
        "array_agg(t.points * ts_rank(%s::float4[], s.v, t.term) ORDER BY t.place)"
        if query.explain
        else "NULL::float8[]"
    )
    sql = f"""
WITH titled AS (SELECT id FROM search_listing WHERE head @@ %s::tsquery AND {asked.where} LIMIT {TITLED}),
anywhere AS (SELECT id FROM search_listing WHERE vector @@ %s::tsquery AND {asked.where} LIMIT {MATCHED}),
matched AS MATERIALIZED (SELECT id FROM titled UNION SELECT id FROM anywhere),
nearest AS MATERIALIZED (
  SELECT id FROM search_listing JOIN matched USING (id)
  ORDER BY CASE WHEN (SELECT count(*) FROM matched) > {RANKED} THEN ts_rank(head, %s::tsquery) END
    DESC NULLS LAST, id DESC LIMIT {RANKED}),
short AS MATERIALIZED (
  SELECT id, setweight(vector, 'A', '{{}}') AS v, length,
    CASE WHEN published_on IS NOT NULL THEN %s * exp(-ln(2) * greatest(%s::date - published_on, 0) / %s) END AS fresh,
    CASE WHEN status = ANY(%s) THEN %s ELSE 0 END AS is_open,
    %s * greatest(0, 5 - {near}) / 5.0 AS near
  FROM search_listing JOIN nearest USING (id)),
ranked AS MATERIALIZED (
  SELECT s.id, sum(t.points * ts_rank(%s::float4[], s.v, t.term)) / (1 - {MEAN_SHARE} + {MEAN_SHARE} * s.length / %s)
      * (1 + coalesce(s.fresh, 0) + s.is_open + s.near) AS score,
    {parts} AS parts, s.fresh, s.is_open, s.near
  FROM short s CROSS JOIN unnest(%s::tsquery[], %s::float8[]) WITH ORDINALITY AS t(term, points, place)
  GROUP BY s.id, s.length, s.fresh, s.is_open, s.near
  ORDER BY score DESC, s.id LIMIT %s OFFSET %s)
SELECT r.score, {metres} AS metres, r.parts || ARRAY[r.fresh, r.is_open, r.near], {", ".join(_COLUMNS_OF_L)}
FROM ranked r JOIN search_listing l ON l.id = r.id ORDER BY r.score DESC, r.id"""
    explained = [boosts.by_weight] if query.explain else []
    parameters = [
        asked.query, *asked.parameters, asked.query, *asked.parameters, any_word(plan),
        boosts.fresh, query.now.date(), boosts.half_life, list(OPEN_STATUSES), boosts.open,
        boosts.near if query.near else 0, *steps, boosts.by_weight, max(mean_length, 1), *explained,
        terms, points, query.limit, query.offset, *given,
    ]  # fmt: skip
    return sql, parameters


def _match(words: str) -> tuple[str, list[Any]]:
    return ("vector @@ %s::tsquery AND ", [words]) if words else ("", [])


def _hit(row: tuple[Any, ...], query: ListingQuery, plan: Plan | None) -> Hit:
    score, metres, parts, *values = row
    listing = Listing.from_db(None, _COLUMNS, values)
    if isinstance(listing.shown, str):  # Django has its cursors leave JSON as text
        listing.shown = json.loads(listing.shown)
    reasons = _reasons(plan, parts) if query.explain and plan and parts else ()
    return Hit(listing, float(score or 0), metres=metres, reasons=reasons)


def _reasons(plan: Plan, parts: list[float | None]) -> list[Reason]:
    """What each term added, and by how much the sum was raised."""
    worth = [
        Reason(term, float(part), f"{points:.2f}")
        for (term, points), part in zip(plan.points, parts, strict=False)
        if part
    ]
    raised = zip(("fresh", "open", "near"), parts[-3:], strict=True)
    return sorted(worth, key=lambda reason: -reason.points) + [
        Reason(name, float(part)) for name, part in raised if part
    ]
