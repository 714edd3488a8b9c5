"""The lists with conditions of their own, their words answered by the real server."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from search.elastic import feed
from search.elastic.client import alias
from tests.factories.lists import LISTS, notes, shown

ClientFor = Callable[..., Client]
EXACT, OTHER = "独居老人送餐", "社区图书角"


@pytest.fixture
def filled(index: Any, tenant_a: Any, tenant_b: Any) -> None:
    """Two things in each list of one site and one in each of another, all of them in the index."""
    for make in LISTS.values():
        make(EXACT)
        make(OTHER)
    with tenant_context(tenant_b):
        for make in LISTS.values():
            make(f"南宁{EXACT}")
    while feed.turn():
        index.indices.refresh(index=alias())


@pytest.mark.usefixtures("filled")
def test_each_list_shows_what_the_server_finds(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    for path in LISTS:
        whole, some = (client.get(path, {"q": typed}) for typed in ("独居 送餐", "送餐 航天飞机"))
        assert whole["X-Search-Engine"] == some["X-Search-Engine"] == "elasticsearch"
        assert shown(whole, EXACT, OTHER, "南宁") == shown(some, EXACT, OTHER, "南宁") == [EXACT], path
        assert (notes(whole), len(notes(some))) == ([], 1)
