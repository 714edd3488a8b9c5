"""A cluster whose security is on: asked over TLS; what it refuses, or nobody vouches for, PostgreSQL answers."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from search.elastic import feed, guard, state
from search.elastic.client import client
from search.elastic.compare import compare
from search.elastic.distribution import unpacked
from search.elastic.rebuild import rebuild
from search.models import EngineState
from tests.search.elastic.secured import PASSWORD, Secured, secured
from tests.waiting import until

ClientFor = Callable[..., Client]
REFUSED = "postgres; instead-of=elasticsearch; why="


@pytest.fixture
def server(elasticsearch_folder: Path) -> Iterator[Secured]:
    with secured(unpacked(elasticsearch_folder), Path(configured.VAR) / "elasticsearch-secured") as started:
        yield started


def answers() -> bool:
    try:
        return bool(client(30.0).cluster.health(wait_for_status="yellow")["number_of_nodes"])
    except Exception:
        return False


def test_it_is_asked_over_tls_and_what_is_refused_or_not_trusted_is_answered_by_postgresql(
    server: Secured, patience: None, committed_a: Any, put: Callable[..., None], client_for: ClientFor, settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(guard, "PROBES", (0.1,))
    right = {"URL": [server.known], "API_KEY": "", "CA": str(server.authority), "PREFIX": "yinling"}
    key = base64.b64encode(b"id:secret").decode()

    def use(**over: Any) -> None:
        for name, value in {**right, **over}.items():
            setattr(settings, f"ELASTICSEARCH_{name}", value)

    def engine() -> str:
        page = client_for(committed_a).get("/search/", {"q": "独居老人"})
        assert "陪独居老人读报" in page.content.decode().replace("<mark>", "").replace("</mark>", "")
        return str(page["X-Search-Engine"])

    use()
    until(answers)
    put(committed_a, "1", title="陪独居老人读报")
    rebuild()
    put(committed_a, "2", title="陪独居老人散步")
    while feed.turn():
        pass
    assert len(compare()) == 0
    state.fed(timezone.now())
    assert engine() == "elasticsearch"

    for why, error, wrong in (
        ("refused-401", "AuthenticationException", {"URL": [server.url], "API_KEY": key}),
        ("refused-401", "AuthenticationException", {"URL": [server.url]}),
        ("down", "TlsError", {"CA": str(server.stranger)}),
        ("down", "TlsError", {"CA": ""}),
    ):
        use(**wrong)
        assert engine() == REFUSED + why
        assert engine() == REFUSED + "failing"
        until(lambda: EngineState.objects.get(name=state.NAME).search_failing_since is not None)
        told = EngineState.objects.get(name=state.NAME).search_error
        assert (told.startswith(error), PASSWORD in told, key in told) == (True, False, False)
        use()
        until(lambda: not guard.guard().is_open)
        until(lambda: EngineState.objects.get(name=state.NAME).search_failing_since is None)
        assert engine() == "elasticsearch"
