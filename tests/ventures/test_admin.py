"""Calls in the Wagtail admin: who may, and what the form insists on."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from portal.core.waiting import waiting_for
from portal.ventures import standard
from portal.ventures.models import Call
from portal.ventures.rules import may_manage
from tests.cast import ROLES, person
from tests.factories.ventures import make_call

LIST, ADD = "/cms/snippets/ventures/call/", "/cms/snippets/ventures/call/add/"


def edit(call: Call) -> str:
    return f"/cms/snippets/ventures/call/edit/{call.pk}/"


def form(**over: Any) -> dict[str, Any]:
    now = timezone.localtime()
    rubric = [{"name": line.name, "points": line.value, "note": line.note} for line in standard.rubric()]
    payments = [{"name": line.name, "share": line.value, "condition": line.note} for line in standard.payments()]
    values = {
        "number": "津助老创投〔2026〕1号",
        "title": "助老志愿服务公益创投征集公告",
        "organiser": "示例区民政局",
        "sought": rich_text("<p>照护者培训</p>"),
        "eligibility": rich_text("<p>社会组织</p>"),
        "hand_in": rich_text("<p>交三楼</p>"),
        "ceiling": "100000",
        "published_on": "2026-09-14",
        "opens_at": f"{now:%Y-%m-%d %H:%M}",
        "closes_at": f"{now + dt.timedelta(days=9):%Y-%m-%d %H:%M}",
        "criteria": inline_formset(over.pop("criteria", rubric)),
        "payments": inline_formset(over.pop("payments", payments)),
        "documents": inline_formset([]),
        **over,
    }
    return nested_form_data(values)


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_officers_alone_write_calls(tenant_a: Any, client_for: Any, role: str) -> None:
    call = make_call()
    client = client_for(tenant_a, role)
    opened = [client.get(url).status_code == 200 for url in (LIST, ADD, edit(call))]
    assert opened == [role == "officer"] * 3
    if role:
        assert may_manage(person(role)) == (role == "officer")


def test_another_tenants_officer_meets_nothing_of_ours(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    make_call(title="和平区公告")
    with tenant_context(tenant_b):
        theirs = make_call(title="南宁市公告")
    client = client_for(tenant_a, "officer")
    assert "南宁市公告" not in client.get(LIST).content.decode()
    assert client.get(edit(theirs)).status_code in {200, 404}
    assert "南宁市公告" not in client.get(edit(theirs)).content.decode()


def test_a_fresh_call_comes_with_the_standard_lists(tenant_a: Any, client_for: Any) -> None:
    page = client_for(tenant_a, "officer").get(ADD).content.decode()
    assert [line.name for line in (*standard.rubric(), *standard.payments()) if line.name not in page] == []


def test_an_officer_publishes_a_call(tenant_a: Any, client_for: Any) -> None:
    response = client_for(tenant_a, "officer").post(ADD, {**form(), "action-publish": "action-publish"})
    assert response.status_code == 302, response.context["form"].errors
    call = Call.objects.get()
    assert (call.live, call.stage, call.criteria.count(), call.payments.count()) == (True, "open", 7, 3)


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"criteria": [{"name": "需求", "points": "90"}]}, "评分标准现在共90分"),
        ({"payments": [{"name": "第一期", "share": "50", "condition": "签约后"}]}, "分期拨付现在共50%"),
        ({"hand_in": rich_text("")}, "还没写“怎么递交”"),
        ({"closes_at": "2020-01-01 09:00"}, "“停止接收”要晚于“开始接收”。"),
        ({"ceiling": "0"}, "单个上限要大于0元。"),
    ],
)
def test_what_is_unfinished_is_not_published_and_the_form_says_why(
    tenant_a: Any, client_for: Any, over: dict[str, Any], message: str
) -> None:
    response = client_for(tenant_a, "officer").post(ADD, {**form(**over), "action-publish": "action-publish"})
    assert response.status_code == 200
    assert message in response.content.decode()
    assert Call.objects.count() == 0


def test_an_unfinished_draft_can_be_saved(tenant_a: Any, client_for: Any) -> None:
    data = form(criteria=[{"name": "需求", "points": "90"}], hand_in=rich_text(""))
    assert client_for(tenant_a, "officer").post(ADD, data).status_code == 302
    assert not Call.objects.get().live


def test_a_draft_is_previewed_in_its_own_tenant(tenant_a: Any, client_for: Any) -> None:
    call = make_call(live=False)
    client = client_for(tenant_a, "officer")
    url = f"/cms/snippets/ventures/call/preview/{call.pk}/"
    client.post(url, form(title="改过的标题", number=call.number))
    page = client.get(f"{url}?mode=").content.decode()
    assert "改过的标题" in page
    assert "预览：这一页还没有这样发布" in page


def test_calls_that_close_soon_wait_for_the_officer(tenant_a: Any) -> None:
    now = timezone.now()
    soon = make_call(closes_at=now + dt.timedelta(days=3))
    make_call(closes_at=now + dt.timedelta(days=30))
    waiting = {role: [item.url for item in waiting_for(person(role)).admin] for role in ROLES}
    assert [role for role, urls in waiting.items() if edit(soon) in urls] == ["officer"]
    assert sum("ventures" in url for url in waiting["officer"]) == 1


def test_a_published_rubric_is_replaced_row_by_row_without_ever_missing_a_hundred(
    committed_a: Any, client_for: Any
) -> None:
    call = make_call()
    rubric = [{"name": "需求", "points": "60"}, {"name": "预算", "points": "40"}]
    old = [{"id": str(line.pk), "name": line.name, "points": "1", "DELETE": "1"} for line in call.criteria.all()]
    data = form(number=call.number, criteria=[])
    kept = [
        {"id": str(p.pk), "name": p.name, "share": str(p.share), "condition": "签约后"} for p in call.payments.all()
    ]
    lists = {"criteria": inline_formset([*old, *rubric], initial=len(old)), "payments": inline_formset(kept, initial=3)}
    data.update(nested_form_data(lists))
    response = client_for(committed_a, "officer").post(edit(call), {**data, "action-publish": "action-publish"})
    assert response.status_code == 302, response.context["form"].errors
    assert list(Call.objects.get().criteria.values_list("name", "points")) == [("需求", 60), ("预算", 40)]
