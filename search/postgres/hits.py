"""The best rows for a question, in one statement: candidates by the index, a short list, the rank of each."""

import json
from typing import Any

from search.boosts import OPEN_STATUSES
from search.models import Listing
from search.nearness import ELSEWHERE
from search.plan import Plan
from search.postgres.asking import ask
from search.postgres.conditions import conditions, tiers
from search.postgres.distance import distance_sql, nearness_sql
from search.query import DEEPEST, Hit, ListingQuery, Reason, Sort
from search.vectors import quoted

#: So many candidates of each kind are looked at: more than a reader can page through, so that late ones have a chance.
LOOKED_AT = 2 * DEEPEST
#: So many of them are ranked by every word; the others follow.
RANKED = 300
#: ts_rank gives one occurrence 0.6 of its weight; more approach the whole.
MEAN_SHARE = 0.1
_COLUMNS = [field.column for field in Listing._meta.concrete_fields if field.name not in {"vector", "prefixes"}]
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
    """Candidates in the order of what their columns tell; the best of them again, by every word."""
    candidates, given = _candidates(query, plan)
    parts = (
        "array_agg(t.points * ts_rank(%s::float4[], s.v, t.term) ORDER BY t.place)"
        if query.explain
        else "NULL::float8[]"
    )
    metres, position = distance_sql(query.near)
    sql = f"""
WITH {candidates},
short AS MATERIALIZED (
  SELECT id, setweight(vector, 'A', '{{}}') AS v, length, n.fresh, n.is_open, n.near
  FROM search_listing JOIN nearest n USING (id) WHERE n.place <= {RANKED}),
scored AS (
  SELECT s.id, 0 AS place, s.fresh, s.is_open, s.near,
    sum(t.points * ts_rank(%s::float4[], s.v, t.term)) / (1 - {MEAN_SHARE} + {MEAN_SHARE} * s.length / %s)
      * (1 + s.fresh + s.is_open + s.near) AS score,
    {parts} AS parts
  FROM short s CROSS JOIN unnest(%s::tsquery[], %s::float8[]) WITH ORDINALITY AS t(term, points, place)
  GROUP BY s.id, s.length, s.fresh, s.is_open, s.near
  UNION ALL
  SELECT id, place, fresh, is_open, near, NULL, NULL FROM nearest WHERE place > {RANKED}),
page AS MATERIALIZED (SELECT * FROM scored ORDER BY place, score DESC, id LIMIT %s OFFSET %s)
SELECT p.score, {metres} AS metres, p.parts || ARRAY[p.fresh, p.is_open, p.near], {", ".join(_COLUMNS_OF_L)}
FROM page p JOIN search_listing l ON l.id = p.id ORDER BY p.place, p.score DESC, p.id"""
    boosts = query.boosts
    return sql, [
        *given, boosts.by_weight, max(mean_length, 1), *([boosts.by_weight] if query.explain else []),
        [quoted(term) for term, _points in plan.points], [points for _term, points in plan.points],
        query.limit, query.offset, *position,
    ]  # fmt: skip


def _candidates(query: ListingQuery, plan: Plan) -> tuple[str, list[Any]]:
    """CTEs that end in `nearest`: id, its place among the candidates, and what raises it (`fresh`, `is_open`, `near`).

    Titles that hold all that is asked come first, then titles that hold one thing of it, then all others; the next
    are looked for when those before them are too few to be ranked or to fill the page. All of it is told by the
    indexes and by short columns: no vector is unpacked for a listing that is not ranked.
    """
    asked = conditions(query, plan)
    enough = max(RANKED, query.offset + query.limit)
    tables: list[str] = []
    parameters: list[Any] = []
    for tier, words in enumerate(tiers(query, plan)):
        better = [f"(SELECT id FROM tier_{number})" for number in range(tier)]
        few = " + ".join(f"(SELECT count(*) FROM {table} AS better)" for table in better) or "0"
        others = "".join(f" AND id NOT IN {table}" for table in better)
        tables.append(
            f"tier_{tier} AS MATERIALIZED (SELECT id, {tier} AS tier, published_on, status, places FROM search_listing "
            f"WHERE {few} < {enough} AND vector @@ %s::tsquery AND {asked.where}{others} LIMIT {LOOKED_AT})"
        )
        parameters += [words, *asked.parameters]
    near, steps = nearness_sql(query.near) if query.near else (str(ELSEWHERE), [])
    boosts = query.boosts
    all_tiers = " UNION ALL ".join(f"TABLE tier_{tier}" for tier in range(len(tables)))
    tables.append(f"""
raised AS (
  SELECT id, tier,
    CASE WHEN published_on IS NULL THEN 0
      ELSE %s * exp(-ln(2) * greatest(%s::date - published_on, 0) / %s) END AS fresh,
    CASE WHEN status = ANY(%s) THEN %s ELSE 0 END::float8 AS is_open,
    %s * greatest(0, {ELSEWHERE} - {near})::float8 / {ELSEWHERE} AS near
  FROM ({all_tiers}) AS found),
nearest AS MATERIALIZED (
  SELECT id, row_number() OVER () AS place, fresh, is_open, near
  FROM (SELECT * FROM raised ORDER BY tier, fresh + is_open + near DESC, id DESC LIMIT {enough}) AS best)""")
    parameters += [
        boosts.fresh, query.today, boosts.half_life, list(OPEN_STATUSES), boosts.open,
        boosts.near if query.near else 0, *steps,
    ]  # fmt: skip
    return ", ".join(tables), parameters


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
