"""The keys in which words stand: for lists that have conditions of their own."""

from typing import Any

import pytest
from django.utils import timezone

from search.keys import matching
from search.lexicon import default_synonyms
from tests.factories.search import make_listing


def keys(tenant: Any, text: str) -> list[int] | None:
    return matching("project", text, tenant_id=tenant.pk, now=timezone.now(), synonyms=default_synonyms())


def test_words_give_the_keys_of_one_kind_of_one_site(tenant_a: Any, tenant_b: Any) -> None:
    make_listing(tenant_a, "给独居老人送餐", source="1")
    make_listing(tenant_a, "送餐到家", source="2")
    make_listing(tenant_a, "送餐政策", kind="policy", source="3")
    make_listing(tenant_b, "送餐在南宁", source="4")
    assert sorted(keys(tenant_a, "送餐") or []) == [1, 2]
    assert keys(tenant_a, "独居 送餐") == [1]
    assert keys(tenant_a, "songcan") is not None
    assert keys(tenant_a, "象棋") == []


def test_a_sentence_gives_what_holds_its_rarest_words(tenant_a: Any) -> None:
    make_listing(tenant_a, "上门助浴", body="为失能老人助浴。", source="1")
    make_listing(tenant_a, "理发", body="为老人理发。", source="2")
    assert 1 in (keys(tenant_a, "哪里可以找人上门给失能的老人洗澡或者助浴啊") or [])


def test_what_is_not_visible_any_more_is_not_given(tenant_a: Any) -> None:
    make_listing(tenant_a, "送餐", source="1", visible_until=timezone.now())
    assert keys(tenant_a, "送餐") == []


@pytest.mark.parametrize("text", ["", " ", "。，！", "😀"])
def test_where_nothing_is_asked_for_there_is_no_condition(text: str, tenant_a: Any) -> None:
    assert keys(tenant_a, text) is None


def test_words_cost_one_round_trip(tenant_a: Any, django_assert_num_queries: Any) -> None:
    make_listing(tenant_a, "送餐", source="1")
    keys(tenant_a, "送餐")
    with django_assert_num_queries(1):
        keys(tenant_a, "送餐")
