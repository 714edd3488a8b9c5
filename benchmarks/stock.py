"""Wagtail's own database search over the same listings, so that the ratio is seen.

Its index of a listing's title and text is filled as `update_index` fills it; asked is what a page with facets would
ask of it: twenty hits, how many there are, and the counts of three facets.
"""

import time
from typing import Any

from django.db import connection
from modelsearch.backends.database.postgres.postgres import IndexEntry
from wagtail.search import index
from wagtail.search.backends.database.postgres.postgres import PostgresSearchBackend

from search.models import Listing

FACETS = ("kind", "brand", "status")
BATCH = 2_000


class Stock(index.Indexed, Listing):
    """A listing as a model that Wagtail indexes."""

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("body"),
        index.FilterField("tenant_id"),
        index.FilterField("kind"),
        index.FilterField("brand"),
        index.FilterField("status"),
        index.FilterField("visible_until"),
    ]

    class Meta:
        proxy = True
        app_label = "search"


# As Wagtail does for the models that are there when it starts.
IndexEntry.add_generic_relations()


def fill() -> dict[str, Any]:
    """Index every listing; rows a second. The table of Wagtail's index is each site's own, here one for all of them."""
    if IndexEntry._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(IndexEntry)
    IndexEntry.objects.all().delete()
    backend = PostgresSearchBackend({})
    wagtail_index = backend.get_index_for_model(Stock)
    began, number = time.perf_counter(), 0
    keys = list(Stock.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        rows = list(Stock.objects.defer("vector", "prefixes").filter(pk__in=keys[start : start + BATCH]))
        wagtail_index.add_items(Stock, rows)
        number += len(rows)
    return {"rows_a_second": round(number / (time.perf_counter() - began))}


def search(question: tuple[str, int | None]) -> int:
    """The first twenty hits with facets; how many hits there are."""
    text, site = question
    found = Stock.objects.defer("vector", "prefixes")
    if site is not None:
        found = found.filter(tenant_id=site)
    results = PostgresSearchBackend({}).search(text, found, operator="and")
    list(results[:20])
    for facet in FACETS:
        results.facet(facet)
    return int(results.count())
