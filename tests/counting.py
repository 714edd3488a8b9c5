"""Counts what a page itself asks of the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BARE = "/accessibility/"


def own_queries(client: Client, url: str) -> int:
    """Queries of the page beyond those that every page of the site costs (tenant, frame), once caches are warm."""
    return _count(client, url) - _count(client, BARE)


def _count(client: Client, url: str) -> int:
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
