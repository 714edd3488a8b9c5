"""What an address is read as, and how it is written again."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.finding.asking import Asked, ask
from search.query import Near, Sort


@pytest.fixture(autouse=True)
def _site(tenant_a: Any) -> None:
    """What the site has decided is asked for."""


def asked(address: str, **options: Any) -> Asked:
    return ask(QueryDict(address), now=timezone.now(), **{"tenants": (7,), **options})


def test_every_parameter_becomes_a_part_of_the_question() -> None:
    found = asked(
        "q=送餐&kind=project&place=120101&brand=寸草心&service=home_visit&service=phone_call&recipient=living_alone"
        "&who=family&status=recruiting&coming=week&published=year&since=2026-10-01&until=2026-10-31&sort=nearest"
        "&near=120101001001&lat=39.123456&lon=117.2&page=3"
    )
    assert found.ignored == ()
    query = found.query
    assert (query.text, query.tenants, query.sort, query.offset, query.limit) == ("送餐", (7,), Sort.NEAREST, 40, 20)
    assert query.chosen == {
        "kind": ("project",),
        "place": ("120101",),
        "brand": ("寸草心",),
        "service": ("home_visit", "phone_call"),
        "recipient": ("living_alone",),
        "who": ("family",),
        "status": ("recruiting",),
        "coming": ("week",),
        "published": ("year",),
    }
    assert (query.since, query.until) == (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    # A hundred metres are near enough; the doorstep stays with the visitor.
    assert query.near == Near(division_code="120101001001", latitude=39.123, longitude=117.2)


@pytest.mark.parametrize(
    ("address", "ignored"),
    [
        ("q=" + "送" * 201, ["q"]),
        ("kind=secret", ["kind"]),
        ("service=home_visit&service=no_such", ["service"]),
        ("recipient=x&who=y", ["recipient", "who"]),
        ("place=和平区", ["place"]),
        ("place=12%00", ["place"]),
        ("coming=century&published=0", ["coming", "published"]),
        ("since=昨天", ["since"]),
        ("until=2026-02-30", ["until"]),
        ("since=2026-10-31&until=2026-10-01", ["until"]),
        ("sort=price", ["sort"]),
        ("sort=nearest", ["sort"]),
        ("near=天津", ["near"]),
        ("lat=nan&lon=inf", ["lat", "lon"]),
        ("lat=91&lon=117", ["lat"]),
        ("page=abc", ["page"]),
        ("page=0", ["page"]),
        ("page=-1", ["page"]),
        ("site=7", ["site"]),
        ("&".join(f"status=s{number}" for number in range(31)), ["status"]),
        ("unknown=1&q=&kind=&page=", []),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(address: str, ignored: list[str]) -> None:
    found = asked(address)
    assert [each.name for each in found.ignored] == ignored
    assert all(each.why for each in found.ignored)


def test_what_could_be_read_of_a_facet_is_used() -> None:
    assert asked("service=home_visit&service=no_such").query.chosen == {"service": ("home_visit",)}


def test_a_page_beyond_all_pages_is_the_deepest_one() -> None:
    assert asked("page=1000000000").page == 250
    assert asked("page=" + "9" * 5000).page == 250


def test_sites_are_chosen_on_the_platform_alone() -> None:
    assert asked("site=7&site=9", tenants=None).query.chosen == {"site": ("7", "9")}
    assert asked("site=七", tenants=None).ignored[0].name == "site"


@pytest.mark.parametrize(("code", "prefix"), [("120000", "12"), ("450100", "4501"), ("120101", "120101"), ("12", "12")])
def test_a_place_is_known_by_its_code_or_by_what_all_within_begin_with(code: str, prefix: str) -> None:
    assert asked(f"place={code}").values["place"] == (prefix,)


def test_addresses_are_written_in_one_order_and_without_the_page() -> None:
    found = asked("page=2&who=family&q=送+餐&kind=project&empty=1")
    assert found.encoded == "q=%E9%80%81+%E9%A4%90&kind=project&who=family"


def test_a_condition_is_added_changed_and_dropped() -> None:
    found = asked("q=a&service=home_visit&service=phone_call")
    assert found.having(sort="newest") == "?q=a&service=home_visit&service=phone_call&sort=newest"
    assert found.having(q="", service=["emergency"]) == "?service=emergency"
    assert found.without("service") == "?q=a"
    assert found.without("service", "phone_call") == "?q=a&service=home_visit"


def test_words_are_read_without_what_no_keyboard_types() -> None:
    assert asked("q=%00a%00b%E2%80%AE\t送  餐").query.text == "ab 送 餐"


def test_whether_more_than_words_is_asked_for() -> None:
    assert [asked(each).is_narrowed for each in ("q=a", "sort=newest", "kind=project", "since=2026-01-01")] == [
        False, False, True, True,
    ]  # fmt: skip
