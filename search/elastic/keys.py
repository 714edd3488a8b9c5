"""Whose listings are hits: the sources alone, for lists with conditions and orders of their own."""

from search.elastic.asking import ask
from search.elastic.conditions import always, chosen
from search.elastic.mapping import source_of
from search.plan import Plan
from search.query import MOST_SOURCES, ListingQuery


def sources(query: ListingQuery, plan: Plan) -> list[str]:
    """Each source once, the latest listed first; one request. Raises `NotAnswered`."""
    answer = ask(
        query.tenants,
        query={"bool": {"filter": [*always(query, plan), *chosen(query)]}},
        sort=[{"pk": "desc"}],
        size=MOST_SOURCES,
        track_total_hits=False,
    )
    return list(dict.fromkeys(source_of(hit["_id"]) for hit in answer["hits"]["hits"]))
