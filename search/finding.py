"""Answers a question: analysed, planned, put to the engine, and asked again with fewer words when nothing was found."""

import datetime as dt
from dataclasses import replace
from functools import partial

from search.engines import Engine, answered
from search.frequencies import frequencies
from search.plan import asked_units, plans, terms_of
from search.query import Found, Hit, ListingQuery, Results, Suggestion
from search.snippets import marked, passage


def find(query: ListingQuery) -> Results:
    """The page of hits that `query` asks for, with totals, facets and marks."""
    return answered(partial(_find, query))


def _find(query: ListingQuery, used: Engine) -> Results:
    asked = asked_units(query.text, query.synonyms)
    known = frequencies(query.tenants, terms_of(query.text, asked))
    if not asked:
        found = used.find(query, None, known)
        return _results(query, found, terms=set(), is_loose=False, name=used.name)
    for plan in plans(query.text, asked, known):
        found = used.find(query, plan, known)
        if found.total >= plan.enough:
            break
    return _results(query, found, terms=plan.terms, is_loose=plan.is_loose, name=used.name)


def suggest(typed: str, *, tenant_id: int | None, now: dt.datetime, limit: int = 8) -> list[Suggestion]:
    """Titles and bodies that complete what is typed, by characters, pinyin or initials."""
    return answered(lambda used: used.suggest(typed, tenant_id=tenant_id, now=now, limit=limit))


def _results(query: ListingQuery, found: Found, *, terms: set[str], is_loose: bool, name: str) -> Results:
    hits = [_shown(hit, terms) for hit in found.hits]
    return Results(query, hits, found.total, found.is_exact, is_loose, found.facets, name)


def _shown(hit: Hit, terms: set[str]) -> Hit:
    row = hit.row
    text = row.body or row.summary
    if row.summary and (not terms or any(is_mark for _piece, is_mark in marked(row.summary, terms))):
        text = row.summary
    return replace(hit, title=marked(row.title, terms), snippet=passage(text, terms))
