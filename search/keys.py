"""The keys of one kind's things in which words stand: for lists that have conditions and orders of their own."""

import datetime as dt

from search.analysis import Synonyms
from search.frequencies import frequencies
from search.plan import Plan, asked_units, is_sentence, loose, terms_of
from search.postgres.asking import ask
from search.postgres.conditions import conditions
from search.query import ListingQuery

#: Of one kind in one site; more than these a list of words does not narrow.
MOST = 20_000


def matching(kind: str, text: str, *, tenant_id: int, now: dt.datetime, synonyms: Synonyms) -> list[int] | None:
    """What a search for `text` would find, none of it left out; None when nothing is asked for. One round trip.

    Drafts have no listing, so they are not among them; whoever asks still filters by his own rules.
    """
    asked = asked_units(text, synonyms)
    if not asked:
        return None
    if is_sentence(asked):
        plan = loose(text, asked, frequencies((tenant_id,), terms_of(text, asked)))
    else:
        plan = Plan(tuple(unit.ways for unit in asked), points=())  # nothing is ranked
    query = ListingQuery(now=now, text=text, tenants=(tenant_id,), chosen={"kind": (kind,)})
    wanted = conditions(query, plan)
    sql = (
        "SELECT DISTINCT source::bigint FROM search_listing "
        f"WHERE vector @@ %s::tsquery AND {wanted.where} LIMIT {MOST}"
    )
    return [key for (key,) in ask(sql, [wanted.query, *wanted.parameters])]
