"""The words of `/projects/`, `/ventures/`, `/stories/`, `/directory/` are asked for as at `/search/`."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from search.query import LONGEST
from tests.counting import own_queries
from tests.factories.lists import LISTS, notes, shown

ClientFor = Callable[..., Client]
each_list = pytest.mark.parametrize("path", LISTS)
EXACT, PARTLY, OTHER = "独居老人送餐", "独居老人聊天", "社区图书角"


@each_list
def test_what_holds_all_of_the_words_stands_alone(
    path: str, tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    for name in (EXACT, PARTLY, OTHER):
        LISTS[path](name)
    with tenant_context(tenant_b):
        LISTS[path](f"南宁{EXACT}")
    response = client_for(tenant_a).get(path, {"q": "独居 送餐"})
    assert (shown(response, EXACT, PARTLY, OTHER, "南宁"), notes(response)) == ([EXACT], [])
    assert response["X-Search-Engine"] == "postgres"


@each_list
def test_where_nothing_holds_them_all_the_page_says_that_these_hold_some(
    path: str, tenant_a: Any, client_for: ClientFor
) -> None:
    for name in (EXACT, PARTLY, OTHER):
        LISTS[path](name)
    client = client_for(tenant_a)
    some = client.get(path, {"q": "送餐 航天飞机"})
    assert shown(some, EXACT, PARTLY, OTHER) == [EXACT]
    assert notes(some) == ["没有含有全部这些词的：“送餐”、“航天飞机”。下面是含有其中一部分的。"]
    sentence = client.get(path, {"q": "哪里可以找志愿者给住在楼上的独居老人送餐"})
    assert shown(sentence, EXACT) == [EXACT]
    assert notes(sentence) == ["按整句话的意思找，含有其中要紧的词的都在下面。"]
    nothing = client.get(path, {"q": "航天飞机"})
    assert (shown(nothing, EXACT, PARTLY, OTHER), notes(nothing)) == ([], [])


@each_list
def test_more_than_anybody_reads_is_cut_and_the_page_says_so(path: str, tenant_a: Any, client_for: ClientFor) -> None:
    LISTS[path](EXACT)
    response = client_for(tenant_a).get(path, {"q": "送餐" + "。" * 10_000})
    assert shown(response, EXACT) == [EXACT]
    assert notes(response) == [f"搜索词太长，只用了前{LONGEST}个字。"]


@each_list
def test_without_words_no_engine_is_asked(path: str, tenant_a: Any, client_for: ClientFor) -> None:
    LISTS[path](EXACT)
    for typed in ("", " ", "。，！", "\x00", "😀"):
        response = client_for(tenant_a).get(path, {"q": typed})
        assert shown(response, EXACT) == [EXACT]
        assert "X-Search-Engine" not in response


@each_list
@pytest.mark.parametrize("number", [1, 3])
def test_words_cost_two_queries_and_fewer_words_one_more(
    path: str, number: int, tenant_a: Any, client_for: ClientFor
) -> None:
    """What the site has decided, and the things in which the words stand."""
    for at in range(number):
        LISTS[path](f"{EXACT}{'一二三'[at]}")
    client = client_for(tenant_a)
    without = own_queries(client, path)
    assert own_queries(client, f"{path}?q=送餐") - without == 2
    assert own_queries(client, f"{path}?q=送餐 航天") - without == 3


@each_list
def test_a_draft_is_not_shown_whatever_the_listings_say(path: str, tenant_a: Any, client_for: ClientFor) -> None:
    """A list asks its own rules, too."""
    thing = LISTS[path](EXACT)
    client = client_for(tenant_a)
    assert shown(client.get(path, {"q": "送餐"}), EXACT) == [EXACT]
    type(thing).objects.filter(pk=thing.pk).update(live=False)  # says nothing to search
    assert shown(client.get(path, {"q": "送餐"}), EXACT) == []
