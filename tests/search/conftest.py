"""One real Elasticsearch for all tests of this machine's session, started by the first that asks for it."""

from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share the server run in one process: some of them stop or freeze it."""
    for item in items:
        if "elasticsearch_folder" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("elasticsearch"))


@pytest.fixture(scope="session")
def elasticsearch_folder() -> Path:
    """Where the server of the tests lives; it runs."""
    from django.conf import settings

    from search.elastic import server

    folder = Path(settings.VAR) / "elasticsearch-test"
    server.start(folder, fresh=True)
    return folder


@pytest.fixture
def elasticsearch_url(elasticsearch_folder: Path) -> str:
    """The address of the running server; it runs again, should a test before have stopped it."""
    from search.elastic import server

    return server.start(elasticsearch_folder)
