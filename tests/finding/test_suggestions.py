"""What completes what is typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.counting import own_queries
from tests.factories.search import make_listing

ClientFor = Callable[..., Client]


@pytest.mark.parametrize("typed", ["银龄", "yinling", "yl"])
def test_titles_of_this_site_complete_what_is_typed(
    typed: str, tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    make_listing(tenant_a, "银龄守护", url="/projects/1/")
    make_listing(tenant_b, "银龄守护在南宁", url="/projects/2/")
    response = client_for(tenant_a).get("/search/suggest/", {"q": typed})
    assert response.json() == {"suggestions": [{"text": "银龄守护", "kind": "项目", "url": "/projects/1/", "site": ""}]}
    assert response["Cache-Control"] == "public, max-age=60"


def test_the_platform_leads_to_the_site(tenant_a: Any, platform_client: Client) -> None:
    make_listing(tenant_a, "银龄守护", url="/projects/1/")
    assert platform_client.get("/search/suggest/?q=银龄").json()["suggestions"] == [
        {
            "text": "银龄守护",
            "kind": "项目",
            "url": "http://heping.tianjin.localhost:8000/projects/1/",
            "site": "天津市和平区",
        }
    ]


@pytest.mark.parametrize("titles", [1, 3])
def test_a_suggestion_costs_one_query(titles: int, tenant_a: Any, client_for: ClientFor) -> None:
    for number in range(titles):
        make_listing(tenant_a, f"银龄守护{number}")
    # One less than a page has, which reads its frame.
    assert own_queries(client_for(tenant_a), "/search/suggest/?q=银龄") == 0
