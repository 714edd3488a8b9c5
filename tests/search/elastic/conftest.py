"""An index of the test's own on the real server, empty at the beginning and gone at the end."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from search import rows
from search.documents import Document


@pytest.fixture
def cluster(elasticsearch_url: str, settings: Any) -> Iterator[Any]:
    """The server is configured, nothing is built yet; yields a client."""
    from search.elastic import client

    settings.ELASTICSEARCH_URL = [elasticsearch_url]
    settings.ELASTICSEARCH_PREFIX = f"test-{os.getpid()}"
    patient = client.client(60.0)
    yield patient
    names = list(patient.indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-*", expand_wildcards="all"))
    if names:
        patient.indices.delete(index=names)


@pytest.fixture
def index(cluster: Any, db: None) -> Any:
    """The same, with an empty index that is asked."""
    from search.elastic.rebuild import rebuild

    rebuild()
    return cluster


@pytest.fixture
def put() -> Callable[..., None]:
    """`put(tenant, "1", title=…)`: a listing as `search.listings` would write it."""

    def write(tenant: Any, source: str, *, kind: str = "project", **over: Any) -> None:
        rows.put(tenant.pk, kind, [(source, Document(**{"url": f"/{source}/", "title": f"陪伴{source}", **over}))])

    return write
