"""A question as conditions of SQL: one tsquery for words, sites, kinds and places, and columns for the rest."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from search.facets import FACETS, Facet, Shape, span_start
from search.plan import Plan
from search.query import ListingQuery
from search.vectors import HEADING, quoted

#: Facets that are terms of the index too.
_TERMS = {"kind": "=k", "site": "=t", "place": "=p"}


@dataclass(frozen=True, slots=True)
class Conditions:
    """`query` is a tsquery, empty when nothing of it can be one; `where` is SQL for the rest, with its parameters."""

    query: str
    where: str
    parameters: tuple[Any, ...]


def conditions(query: ListingQuery, plan: Plan | None, *, without: Iterable[str] = ()) -> Conditions:
    """Everything that is asked; `without` names facets that are left out, to be counted."""
    without = set(without)
    chosen = {name: values for name, values in query.chosen.items() if values and name not in without}
    lexemes = [*_words(plan), *_terms(query, without)]
    where = ["(visible_until IS NULL OR visible_until > %s)"]
    parameters: list[Any] = [query.now]
    for name, values in chosen.items():
        if name not in _TERMS:
            part, given = facet_sql(FACETS[name], values, query)
            where.append(part)
            parameters += given
    for sign, day in ((">=", query.since), ("<=", query.until)):
        if day is not None:
            # The connection counts in UTC; a day is the reader's.
            where.append(f"coalesce((starts_at AT TIME ZONE %s)::date, published_on) {sign} %s")
            parameters += [settings.TIME_ZONE, day]
    return Conditions(" & ".join(lexemes), " AND ".join(where), tuple(parameters))


def facet_sql(facet: Facet, values: tuple[str, ...], query: ListingQuery) -> tuple[str, list[Any]]:
    """The condition that one of the values holds."""
    column = facet.column
    if facet.shape is Shape.MANY:
        return f"{column} && %s::varchar[]", [list(values)]
    if facet.shape is Shape.ONE:
        return (f"{column} = ANY(%s::bigint[])", [[int(value) for value in values]]) if facet.name == "site" else (
            f"{column} = ANY(%s::varchar[])", [list(values)]
        )  # fmt: skip
    spans = [span_start(facet, value, query.now) for value in values]
    if facet.shape is Shape.PAST:
        return f"{column} >= %s", [min(spans)]
    return f"({column} >= %s AND {column} < %s)", [query.now, max(spans)]


def tiers(query: ListingQuery, plan: Plan) -> list[str]:
    """What is asked as tsqueries, best first: all of it in titles, one thing of it there, all of it anywhere."""
    terms, anywhere, titled = _terms(query), _words(plan), _words(plan, before=HEADING)
    found = [[*titled, *terms], [f"({' | '.join(titled)})", *anywhere, *terms], [*anywhere, *terms]]
    if len(plan.groups) < 2:
        del found[1]
    return [" & ".join(lexemes) for lexemes in found]


def _words(plan: Plan | None, *, before: str = "") -> list[str]:
    groups = plan.groups if plan else ()
    return ["(" + " | ".join(_all(before + term for term in way) for way in group) + ")" for group in groups]


def _terms(query: ListingQuery, without: Collection[str] = ()) -> list[str]:
    """Sites and the chosen facets that are terms."""
    chosen = {name: values for name, values in query.chosen.items() if values and name not in without}
    return _sites(query) + [
        _any(sign + value for value in chosen[name]) for name, sign in _TERMS.items() if name in chosen
    ]


def _sites(query: ListingQuery) -> list[str]:
    return [] if query.tenants is None else [_any(f"=t{tenant_id}" for tenant_id in query.tenants or (0,))]


def _all(terms: Iterable[str]) -> str:
    return "(" + " & ".join(quoted(term) for term in sorted(terms)) + ")"


def _any(terms: Iterable[str]) -> str:
    return "(" + " | ".join(quoted(term) for term in terms) + ")"
