"""Counts what a page asks of the database; how much the frame around it asks is another app's matter."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, path: str) -> int:
    """Queries of the second visit, when caches are warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response: Any = client.get(path)
    assert response.status_code == 200
    return len(asked)
