"""What nobody should have typed: a sensible answer, never a failure."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories.search import make_listing

ClientFor = Callable[..., Client]


BAD = [
    "", " ", "。，！", "😀😀", "'", "''\"\"", "\\", "a:*", "!", "& | !", "<->", "') OR 1=1 --", "%", "_", "*",
    '{"query":{"match_all":{}}}', "送餐 & !独居", "x" * 5_000, "送" * 1_000, "\x00", "a\x00b", "=t1", "(((((",
    "津民发〔2023〕", "〔2023〕30号", "１２３４５６７８９０１２３４５６７８９０", "null", "的", "\u202e",
    "<script>alert(1)</script>",
    "{{ 7*7 }}", "{1}", "{}", "%s", "%(x)s", "棋",
]  # fmt: skip


@pytest.mark.parametrize("typed", BAD)
def test_nothing_that_is_typed_breaks_a_page(typed: str, tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "送餐")
    client = client_for(tenant_a)
    for path in ("/search/", "/search/suggest/", "/search/near/"):
        response = client.get(path, {"q": typed, "at": typed})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


WRONG = [
    "", "\x00", "'", "') OR 1=1 --", "% _ *", "😀", "送" * 500, "9" * 30, "120000", "12", "-1", "nan", "0001-01-01",
    "9999-12-31", "null", "{1}",
]  # fmt: skip


@pytest.mark.parametrize("name", ["kind", "site", "place", "brand", "service", "recipient", "who", "status", "coming",
                                  "published", "since", "until", "sort", "near", "lat", "lon", "page", "within",
                                  "explain"])  # fmt: skip
def test_no_value_of_any_parameter_breaks_a_page(
    name: str, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    make_listing(tenant_a, "送餐", division_code="120101001")
    for client in (client_for(tenant_a), platform_client):
        for path in ("/search/", "/search/near/"):
            for value in WRONG:
                assert client.get(path, {"q": "送餐", name: value}).status_code == 200, (path, value)


def test_more_fields_than_any_form_has_are_refused(tenant_a: Any, client_for: ClientFor) -> None:
    assert client_for(tenant_a).get("/search/?" + "status=a&" * 10_001).status_code == 413


def test_search_is_only_read(tenant_a: Any, client_for: ClientFor) -> None:
    assert client_for(tenant_a).post("/search/").status_code == 405
