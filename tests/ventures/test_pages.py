"""The public pages of calls for proposals."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.ventures.queries import open_calls
from tests.cast import ROLES
from tests.counting import own_queries
from tests.factories.projects import make_brand
from tests.factories.ventures import make_call

DAY = dt.timedelta(days=1)


def closed(**over: Any) -> Any:
    now = timezone.now()
    return make_call(opens_at=now - DAY * 9, closes_at=now - DAY, **over)


def test_the_list_shows_what_is_published_here_and_nothing_else(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    make_call(title="和平区征集公告")
    make_call(title="和平区草稿公告", live=False)
    with tenant_context(tenant_b):
        make_call(title="南宁市征集公告")
    page = client_for(tenant_a).get("/ventures/").content.decode()
    assert [words in page for words in ("和平区征集公告", "草稿", "南宁市")] == [True, False, False]


@pytest.mark.parametrize("role", ["", *ROLES])
def test_a_draft_is_not_found_by_anybody(tenant_a: Any, client_for: Any, role: str) -> None:
    draft = make_call(live=False)
    assert client_for(tenant_a, role).get(f"/ventures/{draft.pk}/").status_code == 404


def test_another_tenants_call_is_not_found(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    with tenant_context(tenant_b):
        other = make_call(title="南宁市征集公告")
    assert client_for(tenant_a).get(f"/ventures/{other.pk}/").status_code == 404
    assert client_for(tenant_b).get(f"/ventures/{other.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["新公告", "寸草心公告", "去年公告"]),
        ("stage=open", ["新公告", "寸草心公告"]),
        ("stage=closed", ["去年公告"]),
        ("stage=closed&stage=open", ["新公告", "寸草心公告", "去年公告"]),
        ("brand=cuncaoxin", ["寸草心公告"]),
        ("year=2020", ["去年公告"]),
        ("q=照护者", ["新公告", "寸草心公告", "去年公告"]),
        ("q=照护者 寸草", ["寸草心公告"]),
        ("q=没有这个词", []),
        ("stage=nonsense&year=x&brand=none&page=999", ["新公告", "寸草心公告", "去年公告"]),
        ("q=%00", ["新公告", "寸草心公告", "去年公告"]),
    ],
)
def test_filters_stand_in_the_address(tenant_a: Any, client_for: Any, query: str, titles: list[str]) -> None:
    today = timezone.localdate()
    make_call(title="新公告", published_on=today)
    make_call(title="寸草心公告", brand=make_brand(), published_on=today - DAY)
    closed(title="去年公告", published_on=dt.date(2020, 3, 5))
    context = client_for(tenant_a).get(f"/ventures/?{query}").context
    assert [row["call"].title for row in context["rows"].object_list] == titles


def test_an_empty_list_says_why_and_a_narrow_one_how_to_widen_it(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a)
    assert "现在没有征集公告" in client.get("/ventures/").content.decode()
    assert "没有符合这些条件的公告" in client.get("/ventures/?q=无").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_three_queries_whatever_its_length(tenant_a: Any, client_for: Any, number: int) -> None:
    for _ in range(number):
        make_call(brand=make_brand())
    assert own_queries(client_for(tenant_a), "/ventures/") == 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_call_costs_five_queries_whatever_stands_beside_it(
    tenant_a: Any, client_for: Any, number: int
) -> None:
    for _ in range(number):
        make_call(published_on=dt.date(2020, 1, 1))
    call = make_call()
    assert own_queries(client_for(tenant_a), f"/ventures/{call.pk}/") == 5


def test_an_open_call_says_until_when_and_how_and_has_no_button(tenant_a: Any, client_for: Any) -> None:
    call = make_call(contact_phone="022-55550120", contact_name="示例老师")
    page = client_for(tenant_a).get(f"/ventures/{call.pk}/").content.decode()
    assert "距停止接收" in page
    assert "一式三份，交示例区民政局三楼" in page
    assert 'href="tel:02255550120"' in page
    assert "022-5555 0120" in page
    assert "10万元" in page
    main = page.split("<main")[1].split("</main>")[0]
    assert main.count("<i class=on>") == 100
    assert "<form" not in main
    assert main.count("<button") == main.count("data-print") == 1


def test_a_cancelled_call_stays_and_says_why(tenant_a: Any, client_for: Any) -> None:
    call = make_call(cancelled_on=timezone.localdate(), cancelled_reason="资金未落实（示例）")
    page = client_for(tenant_a).get(f"/ventures/{call.pk}/").content.decode()
    assert "资金未落实（示例）" in page
    assert "距停止接收" not in page


def test_script_in_a_text_is_shown_as_text(tenant_a: Any, client_for: Any) -> None:
    call = make_call(title="<script>alert(1)</script>公告", organiser="<b>局</b>")
    page = client_for(tenant_a).get(f"/ventures/{call.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;局&lt;/b&gt;" in page


def test_open_calls_for_the_home_page_are_those_of_now_the_soonest_to_close_first(
    tenant_a: Any, django_assert_num_queries: Any
) -> None:
    now = timezone.now()
    late, soon = make_call(closes_at=now + DAY * 9), make_call(closes_at=now + DAY)
    closed()
    make_call(live=False)
    make_call(cancelled_on=timezone.localdate(), cancelled_reason="资金未落实（示例）")
    make_call(opens_at=now + DAY)
    with django_assert_num_queries(1):
        assert open_calls(5) == [soon, late]
    assert open_calls(1) == [soon]
