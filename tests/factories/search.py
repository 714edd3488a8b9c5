"""Listings by hand, for tests of finding; what apps declare is tested beside the apps."""

from typing import Any

from django.utils import timezone

from search import frequencies, rows
from search.documents import Document
from search.query import ListingQuery
from tenants.models import Tenant


def make_listing(tenant: Tenant, title: str, *, kind: str = "project", source: str = "", **facts: Any) -> str:
    """One listing; returns its source, which is the title unless given."""
    source = source or title[:40]
    rows.put(tenant.pk, kind, [(source, Document(url=facts.pop("url", f"/{kind}/{source}/"), title=title, **facts))])
    return source


def count_terms(*tenants: Tenant) -> None:
    for tenant in tenants:
        frequencies.count(tenant.pk, now=timezone.now())


def question(text: str = "", **asked: Any) -> ListingQuery:
    """A question at this moment; give `tenants` as tenants."""
    tenants = asked.pop("tenants", None)
    scope = None if tenants is None else tuple(tenant.pk for tenant in tenants)
    return ListingQuery(now=timezone.now(), text=text, tenants=scope, **asked)
