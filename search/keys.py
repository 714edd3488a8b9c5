"""The things of one kind in which words stand: for lists that have conditions and orders of their own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from search.analysis import Synonyms
from search.engines import Engine, answered
from search.frequencies import frequencies
from search.plan import Plan, asked_units, plans, terms_of
from search.query import ListingQuery


@dataclass(frozen=True, slots=True)
class Matched:
    """`sources` are keys within the site, the latest listed first; `is_loose`: fewer words are asked for than typed."""

    sources: Sequence[str]
    is_loose: bool = False


def matching(kind: str, text: str, *, tenant_id: int, now: dt.datetime, synonyms: Synonyms) -> Matched | None:
    """What a search for `text` would find of a kind, by the engine in use; None when nothing is asked for.

    Drafts have no listing, so they are not among them; whoever asks still filters by his own rules. A list is not
    ordered by rank, so one thing with all of the words must not drown in those with some: the next plan is tried
    only when the one before has found nothing.
    """
    asked = asked_units(text, synonyms)
    if not asked:
        return None
    known = frequencies((tenant_id,), terms_of(text, asked))
    query = ListingQuery(now=now, text=text, tenants=(tenant_id,), chosen={"kind": (kind,)}, synonyms=synonyms)
    return answered(partial(_matched, query, list(plans(text, asked, known))))


def _matched(query: ListingQuery, tried: Sequence[Plan], used: Engine) -> Matched:
    for plan in tried:
        if sources := used.sources(query, plan):
            return Matched(sources, plan.is_loose)
    return Matched([])
