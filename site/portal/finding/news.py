"""What has become public for a question since it was last answered by mail."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.http import QueryDict

from portal.finding.asking import Asked, ask
from portal.finding.models import SavedSearch
from search.finding import find
from search.models import Listing
from search.query import Hit, Sort

#: Of the newest hits so many are looked at; of a question in many words, which finds loosely, the best few.
NEWEST, BEST = 300, 20
#: A mail names so many; the rest are on the site.
MOST_TOLD = 20


def asked_again(saved: SavedSearch, *, now: dt.datetime) -> Asked:
    """The question, as it stands in the address of the results page."""
    return ask(QueryDict(saved.parameters), now=now, tenants=(connection.tenant.pk,))


def news(saved: SavedSearch, asked: Asked) -> list[Hit]:
    """Hits that were listed after the last one seen, each thing once, newest first.

    A site that was paused or restored has written all its listings anew; then those count that were
    published since, by their date.
    """
    listings = Listing.objects.filter(tenant_id=connection.tenant.pk)
    if not listings.filter(pk__gt=saved.seen).exists():
        return []
    rewritten = not listings.filter(pk__lte=saved.seen).exists()
    things: dict[Any, Hit] = {}
    for hit in _hits(asked):
        row = hit.row
        is_recent = row.published_on is not None and row.published_on >= saved.seen_on
        if row.pk > saved.seen and (is_recent or not rewritten):
            things.setdefault((row.kind, row.source), hit)
    return list(things.values())


def _hits(asked: Asked) -> Sequence[Hit]:
    query = replace(asked.query, with_facets=False, offset=0, sort=Sort.NEWEST, limit=NEWEST)
    found = find(query)
    return find(replace(query, sort=Sort.RELEVANCE, limit=BEST)).hits if found.is_loose else found.hits
