"""Answers a question: analysed, planned, put to the engine, and asked again with fewer words when nothing was found."""

import datetime as dt
from dataclasses import replace
from functools import partial

from search.engines import Engine, answered
from search.folding import FOLDED, folded
from search.frequencies import Frequencies, frequencies
from search.plan import Plan, asked_units, plans, terms_of
from search.query import Found, Hit, ListingQuery, Results, Suggestion
from search.snippets import marked, passage


def find(query: ListingQuery) -> Results:
    """The page of hits that `query` asks for, with totals, facets and marks."""
    return answered(partial(_find, query))


def find_folded(query: ListingQuery) -> Results:
    """The same for several sites, with what they have published alike as one row; `offset` and `limit` count rows.

    One more question to the engine for a page behind the hits that are compared.
    """
    return answered(partial(_find_folded, query))


def suggest(typed: str, *, tenant_id: int | None, now: dt.datetime, limit: int = 8) -> list[Suggestion]:
    """Titles and bodies that complete what is typed, by characters, pinyin or initials."""
    return answered(lambda used: used.suggest(typed, tenant_id=tenant_id, now=now, limit=limit))


def _find(query: ListingQuery, used: Engine) -> Results:
    found, plan, _known = _found(query, used)
    return _results(query, found, plan, used.name)


def _find_folded(query: ListingQuery, used: Engine) -> Results:
    found, plan, known = _found(replace(query, offset=0, limit=FOLDED), used)
    rows = folded(found.hits)
    hidden = len(found.hits) - len(rows)
    hits = rows[query.offset : query.offset + query.limit]
    lacking = query.limit - len(hits)
    if lacking and found.total > FOLDED:
        deeper = replace(query, offset=query.offset + len(hits) + hidden, limit=lacking, with_facets=False)
        hits += used.find(deeper, plan, known).hits
    return _results(query, replace(found, hits=hits), plan, used.name, hidden=hidden)


def _found(query: ListingQuery, used: Engine) -> tuple[Found, Plan | None, Frequencies]:
    """What the first plan finds that finds enough, else the last; the plan is None when no words are asked for."""
    asked = asked_units(query.text, query.synonyms)
    known = frequencies(query.tenants, terms_of(query.text, asked))
    if not asked:
        return used.find(query, None, known), None, known
    for plan in plans(query.text, asked, known):
        found = used.find(query, plan, known)
        if found.total >= plan.enough:
            break
    return found, plan, known


def _results(query: ListingQuery, found: Found, plan: Plan | None, engine: str, *, hidden: int = 0) -> Results:
    hits = [_shown(hit, plan.terms if plan else set()) for hit in found.hits]
    is_loose = plan is not None and plan.is_loose
    return Results(query, hits, found.total, found.total - hidden, found.is_exact, is_loose, found.facets, engine)


def _shown(hit: Hit, terms: set[str]) -> Hit:
    row = hit.row
    text = row.body or row.summary
    if row.summary and (not terms or any(is_mark for _piece, is_mark in marked(row.summary, terms))):
        text = row.summary
    return replace(hit, title=marked(row.title, terms), snippet=passage(text, terms))
