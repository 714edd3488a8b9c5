"""`/api/v1/`: the parameters of the search page, pages by cursor, problems in words."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories.search import make_listing

ROOT = "/api/v1/listings"


@pytest.fixture
def visitor(tenant_a: Any, client_for: Any) -> Client:
    client: Client = client_for(tenant_a)
    return client


def test_a_listing_says_what_the_page_says(visitor: Client, tenant_a: Any, tenant_b: Any) -> None:
    make_listing(
        tenant_a, "给独居老人送餐", source="7", url="/projects/7/", summary="每周三", services=["meals"],
        status="recruiting", division_code="120101001", published_on=date(2026, 3, 1),
    )  # fmt: skip
    make_listing(tenant_b, "南宁的送餐")
    answer = visitor.get(ROOT, {"q": "送餐"})
    found = answer.json()
    (item,) = found["items"]
    changed = item.pop("changed_at")
    assert changed.startswith("20")
    assert item == {
        "kind": "project", "kind_label": "项目", "id": "7", "part": "", "title": "给独居老人送餐",
        "url": "http://heping.tianjin.localhost/projects/7/", "summary": "每周三", "number": "", "organiser": "",
        "place": "", "division_code": "120101001", "brand": "", "services": ["meals"], "recipients": [],
        "participation": [], "status": "recruiting", "starts_at": None, "ends_at": None,
        "published_on": "2026-03-01", "latitude": None, "longitude": None, "site": None,
    }  # fmt: skip
    assert (found["total"], found["total_is_exact"], found["next"]) == (1, True, None)
    assert found["facets"]["status"] == {"recruiting": 1}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_platform_names_the_site(platform_client: Client, tenant_a: Any, tenant_b: Any) -> None:
    make_listing(tenant_a, "和平送餐", url="/p/1/")
    make_listing(tenant_b, "南宁送餐", url="/p/1/")
    found = platform_client.get(ROOT, {"site": tenant_b.pk}).json()
    assert [(item["site"], item["url"]) for item in found["items"]] == [
        ({"id": tenant_b.pk, "name": tenant_b.name}, "http://nanning.localhost:8000/p/1/")
    ]


def test_one_goes_through_the_pages_by_cursor(visitor: Client, tenant_a: Any) -> None:
    for number in range(5):
        make_listing(tenant_a, f"送餐{number}", source=str(number))
    make_listing(tenant_a, "合唱")
    seen, address = [], f"http://heping.tianjin.localhost{ROOT}?q=送餐&limit=2"
    while address:
        found = visitor.get(address).json()
        seen.append([item["id"] for item in found["items"]])
        address = found["next_url"]
    assert [len(page) for page in seen] == [2, 2, 1]
    assert sorted(each for page in seen for each in page) == ["0", "1", "2", "3", "4"]


def test_a_cursor_of_another_question_or_site_or_nobody_is_refused(
    visitor: Client, tenant_a: Any, tenant_b: Any, client_for: Any
) -> None:
    for tenant in (tenant_a, tenant_b):
        for number in range(3):
            make_listing(tenant, f"送餐{number}")
    after = visitor.get(ROOT, {"q": "送餐", "limit": 1}).json()["next"]
    assert visitor.get(ROOT, {"q": "送餐", "limit": 2, "cursor": after}).status_code == 200
    tries = [
        (visitor, {"q": "合唱", "cursor": after}),
        (visitor, {"cursor": after}),
        (visitor, {"q": "送餐", "cursor": after[:-1]}),
        (visitor, {"q": "送餐", "cursor": "x"}),
        (visitor, {"q": "送餐", "cursor": "送:餐"}),
        (client_for(tenant_b), {"q": "送餐", "cursor": after}),
    ]
    for client, params in tries:
        answer = client.get(ROOT, params)
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert [fault["field"] for fault in answer.json()["errors"]] == ["cursor"]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"service": "'; DROP TABLE"}, "service"),
        ({"since": "yesterday"}, "since"),
        ({"sort": "best"}, "sort"),
        ({"sort": "nearest"}, "sort"),
        ({"lat": "x", "lon": "y"}, "lat"),
        ({"q": "字" * 201}, "q"),
        ({"q": "x" * 20_000}, "q"),
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"site": "1"}, "site"),
    ],
)
def test_what_cannot_be_read_is_named(visitor: Client, params: dict[str, str], field: str) -> None:
    answer = visitor.get(ROOT, params)
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["title"]) == (400, 400, "请求的参数有误")
    assert problem["errors"][0]["field"] == field
    assert any("\u4e00" <= sign <= "\u9fff" for sign in problem["errors"][0]["message"])


@pytest.mark.parametrize(
    "q", ["", " ", "。", "'", '"', "%", "*", "\\", "\x00", "\U0001f600", "a:* & !b", '{"match_all":{}}']
)
def test_odd_words_are_answered(visitor: Client, q: str) -> None:
    assert visitor.get(ROOT, {"q": q}).status_code == 200


def test_what_has_not_changed_is_not_sent_again(visitor: Client, tenant_a: Any) -> None:
    for number in range(3):
        make_listing(tenant_a, f"送餐{number}")
    first = visitor.get(ROOT, {"limit": 2})
    etag = {"If-None-Match": first.headers["ETag"]}
    again = visitor.get(ROOT, {"limit": 2}, headers=etag)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    make_listing(tenant_a, "送餐9")
    assert visitor.get(ROOT, {"limit": 2}, headers=etag).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_whatever_is_found(
    visitor: Client, tenant_a: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_listing(tenant_a, f"送餐{number}")
    visitor.get(ROOT)
    with django_assert_num_queries(6):
        visitor.get(ROOT)


def test_the_document_names_every_parameter_of_the_page(visitor: Client) -> None:
    from portal.finding.asking import LABELS

    document = visitor.get("/api/v1/openapi.json").json()
    names = {each["name"] for each in document["paths"][ROOT]["get"]["parameters"]}
    assert names == set(LABELS) - {"page"} | {"limit", "cursor"}
    assert set(document["paths"][ROOT]["get"]["responses"]) == {"200", "400"}


def test_people_read_the_same_document_in_the_look_of_the_site(visitor: Client, platform_client: Client) -> None:
    for client in (visitor, platform_client):
        page = client.get("/api/v1/docs").content.decode()
        assert "开放接口" in page
        for name in ("cursor", "recipient", "total_is_exact"):
            assert f"<code>{name}</code>" in page


def test_there_is_nothing_else_and_nothing_to_write(visitor: Client) -> None:
    answer = visitor.get("/api/v1/people")
    assert (answer.status_code, answer.json()["title"]) == (404, "没有这个地址")
    assert visitor.post(ROOT, {}).status_code == 405
