"""A result list for machines: the hits of an address with whole addresses of their own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from portal.finding.asking import Asked, ask
from portal.finding.choices import labels
from portal.finding.queries import Sites
from search.finding import find
from search.query import Results, Sort


@dataclass(frozen=True, slots=True)
class Item:
    """One listing: `row` is a `search.models.Listing`, `url` a whole address, `site` is named on the platform alone."""

    row: Any
    url: str
    kind: str
    site: str = ""


@dataclass(frozen=True, slots=True)
class ResultList:
    """What an address asks for, and what was found."""

    asked: Asked
    results: Results
    items: Sequence[Item]


def asked_of(request: HttpRequest, *, now: dt.datetime | None = None) -> Asked:
    """The question of an address on the host that is asked."""
    is_platform = request.tenant.schema_name == "public"
    return ask(request.GET, now=now or timezone.now(), tenants=None if is_platform else (request.tenant.pk,))


def result_list(request: HttpRequest, asked: Asked, *, limit: int, offset: int = 0, sort: Sort | None = None,
                with_facets: bool = False) -> ResultList:  # fmt: skip
    """One page of it; in the order of the address unless `sort` says another. Two queries, two more on the platform."""
    query = replace(
        asked.query, limit=limit, offset=offset, sort=sort or asked.query.sort, with_facets=with_facets
    )  # fmt: skip
    found = find(query)
    return ResultList(asked, found, _items(request, found))


def _items(request: HttpRequest, found: Results) -> list[Item]:
    kinds = labels("kind")
    rows = [(hit.row, str(kinds.get(hit.row.kind, hit.row.kind))) for hit in found.hits]
    if request.tenant.schema_name != "public":
        root = request.build_absolute_uri("/").rstrip("/")
        return [Item(row, root + row.url, kind) for row, kind in rows]
    sites = Sites()
    return [Item(row, sites.url(row.tenant_id, row.url), kind, sites.name(row.tenant_id)) for row, kind in rows]
