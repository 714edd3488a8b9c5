"""The keys in which words stand: for lists that have conditions of their own."""

from typing import Any

import pytest
from django.utils import timezone

from search import rows
from search.documents import Document
from search.keys import Matched, matching
from search.lexicon import default_synonyms
from tests.factories.search import make_listing


def keys(tenant: Any, text: str) -> Matched | None:
    return matching("project", text, tenant_id=tenant.pk, now=timezone.now(), synonyms=default_synonyms())


def test_words_give_the_keys_of_one_kind_of_one_site(tenant_a: Any, tenant_b: Any) -> None:
    make_listing(tenant_a, "给独居老人送餐", source="1")
    make_listing(tenant_a, "送餐到家", source="2")
    make_listing(tenant_a, "送餐政策", kind="policy", source="3")
    make_listing(tenant_b, "送餐在南宁", source="4")
    assert keys(tenant_a, "送餐") == keys(tenant_a, "songcan") == Matched(["2", "1"])
    assert keys(tenant_a, "独居 送餐") == keys(tenant_a, "独居老人送餐") == Matched(["1"])
    assert keys(tenant_a, "象棋") == Matched([])


def test_fewer_words_are_asked_for_only_where_all_of_them_find_nothing(tenant_a: Any) -> None:
    make_listing(tenant_a, "给独居老人送餐", source="1")
    make_listing(tenant_a, "老人送餐", source="2")
    make_listing(tenant_a, "代际共居", source="3")
    assert keys(tenant_a, "独居 送餐") == Matched(["1"])
    assert keys(tenant_a, "独居 象棋") == Matched(["1"], is_loose=True)
    assert keys(tenant_a, "带际共居") == Matched(["3"], is_loose=True)


def test_a_thing_in_several_parts_is_given_once_and_the_latest_first(tenant_a: Any) -> None:
    parts = [Document(url=f"/1/#{part}", title="送餐", part=part) for part in ("", "甲", "乙")]
    rows.put(tenant_a.pk, "project", [("1", part) for part in parts])
    make_listing(tenant_a, "送餐到家", source="2")
    assert keys(tenant_a, "送餐") == Matched(["2", "1"])


def test_a_sentence_gives_what_holds_its_rarest_words(tenant_a: Any) -> None:
    make_listing(tenant_a, "上门助浴", body="为失能老人助浴。", source="1")
    make_listing(tenant_a, "理发", body="为老人理发。", source="2")
    assert keys(tenant_a, "哪里可以找人上门给失能的老人洗澡或者助浴啊") == Matched(["2", "1"], is_loose=True)


def test_what_is_not_visible_any_more_is_not_given(tenant_a: Any) -> None:
    make_listing(tenant_a, "送餐", source="1", visible_until=timezone.now())
    assert keys(tenant_a, "送餐") == Matched([])


@pytest.mark.parametrize("text", ["", " ", "。，！", "😀"])
def test_where_nothing_is_asked_for_there_is_no_condition(text: str, tenant_a: Any) -> None:
    assert keys(tenant_a, text) is None


def test_words_cost_one_round_trip(tenant_a: Any, django_assert_num_queries: Any) -> None:
    make_listing(tenant_a, "送餐", source="1")
    keys(tenant_a, "送餐")
    with django_assert_num_queries(1):
        keys(tenant_a, "送餐")
