"""Atom and calendar of any result list, on a site and on the platform."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from icalendar import Calendar

from tests.factories.search import make_listing

ATOM = {"a": "http://www.w3.org/2005/Atom"}
BAD = [
    "q=" + "%E5%AD%97" * 3000,
    "q='%22%3C%3E%26",
    "kind=nonsense",
    "since=x",
    "page=10000000000",
    "q=%00%01%0b",
    "near=1",
    "lat=x",
]


def feed(client: Client, query: str = "") -> Any:
    return ElementTree.fromstring(client.get(f"/search/feed.atom?{query}").content)  # noqa: S314  # our own answer


def titles(found: Any) -> list[str]:
    return [entry.findtext("a:title", namespaces=ATOM) for entry in found.findall("a:entry", ATOM)]


def events(client: Client, query: str = "") -> list[Any]:
    return list(Calendar.from_ical(client.get(f"/search/calendar.ics?{query}").content).walk("VEVENT"))


@pytest.fixture
def visitor(tenant_a: Any, client_for: Any) -> Client:
    client: Client = client_for(tenant_a)
    return client


def test_a_feed_holds_the_results_newest_first(visitor: Client, tenant_a: Any, tenant_b: Any) -> None:
    make_listing(
        tenant_a, "送餐甲", published_on=date(2026, 3, 1), organiser="示例队", summary="给<独居>老人", url="/p/1/"
    )
    make_listing(tenant_a, "送餐乙", published_on=date(2026, 4, 1))
    make_listing(tenant_a, "合唱", published_on=date(2026, 5, 1))
    make_listing(tenant_b, "南宁送餐", published_on=date(2026, 5, 1))
    found = feed(visitor, "q=%E9%80%81%E9%A4%90&sort=relevance")
    assert titles(found) == ["送餐乙", "送餐甲"]
    first = found.findall("a:entry", ATOM)[1]
    assert first.find("a:link", ATOM).get("href") == "http://heping.tianjin.localhost/p/1/"
    assert first.findtext("a:summary", namespaces=ATOM) == "给<独居>老人"
    assert first.findtext("a:author/a:name", namespaces=ATOM) == "示例队"
    assert found.findtext("a:title", namespaces=ATOM) == "“送餐” · 津牌养老"


def test_control_characters_do_not_break_a_feed(visitor: Client, tenant_a: Any) -> None:
    make_listing(tenant_a, "送餐\x0b\x1f甲", published_on=date(2026, 3, 1), organiser="队\x02", url="/p/")
    assert titles(feed(visitor)) == ["送餐甲"]


def test_a_feed_that_has_not_changed_is_not_sent_again(visitor: Client, tenant_a: Any) -> None:
    make_listing(tenant_a, "送餐", published_on=date(2026, 3, 1))
    for address in ("/search/feed.atom", "/search/calendar.ics"):
        etag = visitor.get(address).headers["ETag"]
        again = visitor.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_the_platforms_feed_leads_to_each_site(platform_client: Client, tenant_a: Any, tenant_b: Any) -> None:
    make_listing(tenant_a, "和平送餐", published_on=date(2026, 3, 1), url="/p/1/")
    make_listing(tenant_b, "南宁送餐", published_on=date(2026, 4, 1), url="/p/1/")
    found = feed(platform_client)
    assert [entry.find("a:link", ATOM).get("href") for entry in found.findall("a:entry", ATOM)] == [
        "http://nanning.localhost:8000/p/1/",
        "http://heping.tianjin.localhost:8000/p/1/",
    ]


def test_a_calendar_holds_what_has_an_occasion(visitor: Client, tenant_a: Any) -> None:
    begins = datetime(2027, 3, 1, 9, tzinfo=UTC)
    make_listing(
        tenant_a, "送餐；甲,乙", source="7", starts_at=begins, ends_at=begins + timedelta(hours=2), place="小白楼",
        url="/projects/7/", latitude=39.1, longitude=117.2, shown={"facts": ["还差4人"]},
    )  # fmt: skip
    make_listing(tenant_a, "取消的", source="8", starts_at=begins + timedelta(days=1), status="cancelled")
    make_listing(tenant_a, "没有日子")
    first, second = events(visitor)
    assert (str(first["SUMMARY"]), str(second["SUMMARY"])) == ("送餐；甲,乙", "取消的")
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (begins, begins + timedelta(hours=2))
    assert str(first["UID"]) == f"project-{tenant_a.pk}-7@heping.tianjin.localhost"
    assert (str(first["URL"]), str(first["LOCATION"])) == ("http://heping.tianjin.localhost/projects/7/", "小白楼")
    assert "还差4人" in str(first["DESCRIPTION"])
    assert (str(first["STATUS"]), str(second["STATUS"])) == ("CONFIRMED", "CANCELLED")


def test_an_empty_calendar_is_a_calendar(visitor: Client) -> None:
    answer = visitor.get("/search/calendar.ics?q=nothing")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert events(visitor, "q=nothing") == []


@pytest.mark.parametrize("query", BAD)
def test_bad_input_is_answered(visitor: Client, platform_client: Client, query: str) -> None:
    for client in (visitor, platform_client):
        feed(client, query)
        events(client, query)


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_whatever_is_found(
    visitor: Client, tenant_a: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_listing(tenant_a, f"送餐{number}", published_on=date(2026, 3, 1))
    visitor.get("/search/feed.atom")
    with django_assert_num_queries(7):
        visitor.get("/search/feed.atom")
    with django_assert_num_queries(7):
        visitor.get("/search/calendar.ics")


def test_nobody_writes(visitor: Client) -> None:
    assert visitor.post("/search/feed.atom").status_code == 405
    assert visitor.post("/search/calendar.ics").status_code == 405
