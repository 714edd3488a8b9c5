"""One real Elasticsearch for all tests of this machine's session, started by the first that asks for it."""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from search import rows
from search.documents import Document
from tests.waiting import HANGS, ended


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share the server run in one process: some of them stop or freeze it."""
    for item in items:
        if "elasticsearch_folder" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("elasticsearch"))


@pytest.fixture(scope="session")
def elasticsearch_folder() -> Iterator[Path]:
    """Where the server of the tests lives; it runs. A second process of the suite that asks for it fails."""
    from django.conf import settings

    from search.elastic import server

    folder = Path(settings.VAR) / "elasticsearch-test"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "suite.lock").open("ab") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        server.start(folder, fresh=True)
        yield folder


@pytest.fixture
def elasticsearch_url(elasticsearch_folder: Path) -> str:
    """The address of the running server; it runs again, should a test before have stopped it."""
    from search.elastic import server

    return server.start(elasticsearch_folder)


@pytest.fixture
def patience(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody gives a server up because the machine is busy, unless the test says so; no thread outlives the test."""
    from search.elastic import client, companion, compare, feed, guard, rebuild

    settings.ELASTICSEARCH_SECONDS = HANGS
    for module in (client, companion, compare, feed):
        monkeypatch.setattr(module, "FEED_SECONDS", HANGS)
    monkeypatch.setattr(rebuild, "BUILD_SECONDS", HANGS)
    guard.guard.cache_clear()
    yield
    if prober := guard.guard()._prober:
        ended(prober)


@pytest.fixture
def cluster(elasticsearch_url: str, patience: None, settings: Any) -> Iterator[Any]:
    """The server is configured with a name of the test's own, nothing is built yet; yields a client."""
    from search.elastic import client

    settings.ELASTICSEARCH_URL = [elasticsearch_url]
    settings.ELASTICSEARCH_PREFIX = f"test-{os.getpid()}"
    patient = client.client(HANGS)
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
