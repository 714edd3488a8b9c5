"""Operators and monitoring see which engine answers; a reader's browser is told."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from portal.accounts.models import User
from search.elastic import state
from search.engines import answered
from search.finding import find
from search.middleware import SearchEngineMiddleware
from search.models import Change
from search.query import ListingQuery
from tests.cast import PASSWORD


def page(request: HttpRequest) -> HttpResponse:
    find(ListingQuery(now=timezone.now(), text="老人"))
    return HttpResponse()


def header(view: Any = page) -> str:
    return SearchEngineMiddleware(view)(RequestFactory().get("/")).headers.get("X-Search-Engine", "")


@pytest.mark.usefixtures("db")
def test_the_header_names_postgres_where_there_is_nothing_else() -> None:
    assert header() == "postgres"


@pytest.mark.usefixtures("index")
def test_the_header_names_elasticsearch_where_that_answers() -> None:
    state.fed(timezone.now())
    assert header() == "elasticsearch"


@pytest.mark.usefixtures("db")
def test_the_header_says_who_answered_instead_and_why(settings: Any) -> None:
    from search.elastic import guard

    guard.guard.cache_clear()
    # Nobody listens there.
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    state.feed_failed("refused", timezone.now() - 2 * state.STALE)
    assert header() == "postgres; instead-of=elasticsearch; why=stale"


def test_a_page_that_does_not_search_has_no_header() -> None:
    assert header(lambda request: HttpResponse()) == ""


def test_an_answer_outside_of_a_page_is_noted_nowhere() -> None:
    assert answered(lambda engine: engine.name) == "postgres"


@pytest.mark.usefixtures("db")
def test_operators_see_since_when_it_fails_and_what_it_refused(platform_client: Client, settings: Any) -> None:
    User.objects.create_superuser("operator", "operator@example.org", PASSWORD, name="运维")
    platform_client.force_login(User.objects.get(), backend="portal.accounts.backends.NameOrMobileBackend")
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    state.search_failed("ConnectionError: nobody there", timezone.now())
    state.count_fallbacks(7)
    Change.objects.create(tenant_id=1, kind="project", source="5", version=1, attempts=2, error="no date")
    listed = platform_client.get("/operators/search/enginestate/").content.decode()
    assert 'field-fallbacks">7<' in listed
    assert 'field-waiting">1<' in listed
    shown = platform_client.get("/operators/search/enginestate/elasticsearch/change/").content.decode()
    assert "ConnectionError: nobody there" in shown
    assert "1/project/5/ no date" in shown


@pytest.mark.usefixtures("db")
def test_monitoring_reads_numbers_with_its_token_alone(platform_client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert platform_client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = "t" * 32
    assert platform_client.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 404
    state.search_failed("down", timezone.now())
    state.count_fallbacks(3)
    read = platform_client.get("/metrics", headers={"Authorization": f"Bearer {'t' * 32}"})
    values = dict(line.split() for line in read.content.decode().splitlines() if not line.startswith("#"))
    assert read.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert values == {
        "yinling_search_listings": "0",
        "yinling_search_elasticsearch_configured": "0",
        "yinling_search_elasticsearch_failing": "1",
        "yinling_search_fallbacks_total": "3",
        "yinling_search_changes_waiting": "0",
        "yinling_search_feed_failing": "0",
        "yinling_search_feed_age_seconds": "nan",
    }
