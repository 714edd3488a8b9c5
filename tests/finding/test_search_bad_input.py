"""What nobody should have typed: a sensible answer, never a failure."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from tests.factories.lists import LISTS, notes, shown
from tests.factories.search import make_listing
from tests.search.bad_input import BAD, WRONG

ClientFor = Callable[..., Client]


PATHS = ("/search/", "/search/suggest/", "/search/near/", "/search/feed.atom", "/api/v1/listings", *LISTS)


@pytest.mark.parametrize("typed", BAD, ids=lambda typed: repr(typed[:20]))
def test_nothing_that_is_typed_breaks_a_page(typed: str, tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "送餐", source="1")
    client = client_for(tenant_a)
    for path in PATHS:
        response = client.get(path, {"q": typed, "at": typed})
        html = response.content.decode()
        assert response.status_code == 200 or (path.startswith("/api/") and "只用了前200个字" in html), path
        assert "<script>alert" not in html


@pytest.mark.parametrize("path", LISTS)
def test_a_value_that_a_list_does_not_know_is_left_out_and_named(
    path: str, tenant_a: Any, client_for: ClientFor
) -> None:
    LISTS[path]("送餐到家")
    client = client_for(tenant_a)
    names = ("when", "on", "kind", "who", "division", "brand", "only", "sort", "stage", "year", "page")
    for value in WRONG:
        response = client.get(path, dict.fromkeys(names, value) | {"q": "送餐"})
        assert response.status_code == 200, value
        assert shown(response, "送餐到家") == ["送餐到家"] or value in {"120000", "12", "9999-12-31", "0001-01-01"}, (
            value
        )
        assert not value.strip("\x00 ") or any("看不懂，没有用上" in note for note in notes(response)), value


@pytest.mark.parametrize("typed", ["南宁", "广西壮族自治区南宁市", "nanning", "nn", "南宁 送餐", "t_450100", "450100"])
def test_the_name_of_another_site_finds_nothing_of_it(
    typed: str, tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    for make in LISTS.values():
        make("送餐到家")
    with tenant_context(tenant_b):
        for make in LISTS.values():
            make("南宁送餐到户")
    client = client_for(tenant_a)
    for path in PATHS:
        html = client.get(path, {"q": typed, "site": str(tenant_b.pk)}).content.decode()
        assert "到户" not in html, path


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
