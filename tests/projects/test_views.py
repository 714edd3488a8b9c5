"""The public pages: what is found, what is shown, what it costs."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.core.models import Division
from portal.projects import slots
from portal.projects.models import Shift
from tests.factories.projects import make_brand, make_organiser, make_project, make_shift

#: Path to public, domain, path to the tenant; divisions, brands, synonyms, words, counts, rows; frame.
LIST_QUERIES = 10
#: The same without the list's six; the project with its shifts.
DETAIL_QUERIES = 6


def text(response: Any) -> str:
    """The page as one reads it: no tags, no break opportunities."""
    return re.sub(r"<[^>]+>", "", response.content.decode())


@pytest.fixture
def visitor(tenant_a: Any, client_for: Any) -> Client:
    client: Client = client_for(tenant_a)
    return client


def titles(response: Any) -> list[str]:
    """The projects of the rows, in their order."""
    return [entry.title for day in response.context["days"] for entry in day.entries]


def tomorrow(hour: int) -> dt.datetime:
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)


@pytest.mark.parametrize("rows", [1, 3, 10])
def test_the_list_costs_the_same_with_more_rows(visitor: Client, django_assert_num_queries: Any, rows: int) -> None:
    for n in range(rows):
        make_shift(make_project(brand=make_brand(slug=f"brand{n}")))
    visitor.get("/projects/?q=老人")  # how rare the word is, is remembered for some minutes
    with django_assert_num_queries(LIST_QUERIES):
        visitor.get("/projects/?when=week&kind=home_visit&who=individual&division=120101&only=left&q=老人&sort=missing")


@pytest.mark.parametrize("rows", [1, 3, 10])
def test_a_projects_page_costs_the_same_with_more_shifts(
    visitor: Client, django_assert_num_queries: Any, rows: int
) -> None:
    project = make_project(brand=make_brand())
    for n in range(rows):
        make_shift(project, starts_at=timezone.now() + dt.timedelta(days=n + 1))
    visitor.get(project.get_absolute_url())
    with django_assert_num_queries(DETAIL_QUERIES):
        visitor.get(project.get_absolute_url())


@pytest.fixture
def four(tenant_a: Any) -> None:
    """Four shifts to tell apart, and everything that must never show."""
    streets = list(Division.objects.filter(level="street").order_by("code")[:2])
    community = Division.objects.create(
        code=f"{streets[0].code}001", name="甲社区", level="community", parent=streets[0]
    )
    make_shift(make_project(title="上门探访", division=community, brand=make_brand()), starts_at=tomorrow(9), places=4)
    make_shift(
        make_project(
            title="手机课堂", division=streets[0], service_kinds=["smart_tech"], step_free=True,
            participation=["family", "class_group"], body="<p>教老人<b>视频通话</b>，50%_的人第一次用</p>",
        ),
        starts_at=tomorrow(10), places=10, taken=10,
    )  # fmt: skip
    make_shift(
        make_project(title="送午饭", division=streets[1], service_kinds=["meals_errands", "home_visit"]),
        starts_at=tomorrow(11) + dt.timedelta(days=20),
        places=9,
    )
    make_shift(make_project(title="已经开始"), starts_at=timezone.now() - dt.timedelta(hours=1))
    make_shift(make_project(title="草稿", live=False, state="draft"), starts_at=tomorrow(9))
    make_shift(make_project(title="取消的", state="cancelled", cancelled_reason="停电"), starts_at=tomorrow(9))
    make_shift(make_project(title="这班取消"), starts_at=tomorrow(9), cancelled_at=timezone.now())


ALL = ["上门探访", "手机课堂", "送午饭"]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("when=week", ["上门探访", "手机课堂"]),
        ("kind=home_visit", ["上门探访", "送午饭"]),
        ("kind=home_visit&kind=smart_tech", ALL),
        ("who=family", ["手机课堂"]),
        ("division=120101", ALL),
        ("division=120101001", ["上门探访", "手机课堂"]),
        ("division=120101001001", ["上门探访"]),
        ("brand=cuncaoxin", ["上门探访"]),
        ("only=left", ["上门探访", "送午饭"]),
        ("only=access", ["手机课堂"]),
        ("only=left&only=access", []),
        ("q=视频通话", ["手机课堂"]),
        ("q=手机 视频", ["手机课堂"]),
        ("q=手机 午饭", ["手机课堂", "送午饭"]),  # none with both: fewer words are asked for, as at /search/
        ("q=手机 航天", ["手机课堂"]),
        ("q=航天", []),
        ("q=shouji", ["手机课堂"]),
        ("q=%25_", ALL),
        ("q=%3C%3E", ALL),
        ("sort=missing", ["送午饭", "上门探访", "手机课堂"]),
        ("when=week&kind=home_visit&q=探访", ["上门探访"]),
    ],
)
def test_each_condition_of_the_address_finds_what_it_says(visitor: Client, query: str, found: list[str]) -> None:
    response = visitor.get(f"/projects/?{query}")
    assert titles(response) == found
    assert response.context["listing"].counts.total == len(found)


@pytest.mark.usefixtures("four")
def test_a_day_of_the_week_strip_shows_that_day_alone(visitor: Client) -> None:
    page = visitor.get(f"/projects/?on={tomorrow(9):%Y-%m-%d}")
    assert titles(page) == ["上门探访", "手机课堂"]
    assert f'<input type="hidden" name="on" value="{tomorrow(9):%Y-%m-%d}">' in page.content.decode()


@pytest.mark.usefixtures("four")
def test_each_choice_counts_what_it_would_give_under_the_other_conditions(visitor: Client) -> None:
    listing = visitor.get("/projects/?kind=home_visit&only=left").context["listing"]
    counts = {group.name: {o.value: o.count for o in group.options if o.count} for group in listing.facets}
    assert counts == {
        "q": {},
        "when": {"": 2, "week": 1} | ({"month": m} if (m := _in_month()) else {}) | _weekend(),
        "kind": {"home_visit": 2, "meals_errands": 1},
        "who": {"individual": 2},
        "division": {"120101001": 1, "120101001001": 1, "120101002": 1}
        if _deep(listing)
        else {"120101001": 1, "120101002": 1},
        "brand": {"cuncaoxin": 1},
        "only": {"left": 2},
    }


def _deep(listing: Any) -> bool:
    return any(place.depth for place in listing.places)


def _in_month() -> int:
    today = timezone.localdate()
    return sum(day.month == today.month for day in (tomorrow(9).date(), tomorrow(9).date() + dt.timedelta(days=20)))


def _weekend() -> dict[str, int]:
    return {"weekend": 1} if tomorrow(9).weekday() >= 5 else {}


@pytest.mark.usefixtures("four")
def test_what_is_chosen_can_be_dropped_one_by_one(visitor: Client) -> None:
    page = visitor.get("/projects/?kind=home_visit&q=探访&when=week&page=3").content.decode()
    assert 'href="?kind=home_visit&amp;when=week"' in page
    assert 'href="?q=%E6%8E%A2%E8%AE%BF&amp;when=week"' in page


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    "query",
    [
        "when=never", "on=2026-99-99", "kind=x&kind=home_visit%00", "who[]=1", "division=abc", "division=999999999999",
        "division=' OR 1=1", "brand=none", "only=all", "q=%00", "sort=pk", "page=0", "page=-1",
        "page=x", "page=1000000000", "page=99999999999999999999", "kind=" + "&kind=".join(["y"] * 300), "q=%ff%fe",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_read_is_no_error(visitor: Client, query: str) -> None:
    response = visitor.get(f"/projects/?{query}")
    assert response.status_code == 200
    assert titles(response) == ALL or (query == "q=%ff%fe" and titles(response) == [])


def test_what_could_not_be_read_is_named(visitor: Client) -> None:
    assert "这些条件看不懂，没有用上：哪天有空、在哪里。" in text(visitor.get("/projects/?when=never&division=abc"))


def test_a_page_far_behind_the_last_is_the_last(visitor: Client) -> None:
    project = make_project()
    for n in range(25):
        make_shift(project, starts_at=tomorrow(9) + dt.timedelta(days=n))
    page = visitor.get("/projects/?page=1000000000")
    assert (page.context["listing"].page.number, len(titles(page))) == (2, 5)


def test_an_empty_list_says_why_and_offers_a_next_step(visitor: Client) -> None:
    empty = visitor.get("/projects/")
    assert "眼下没有要来的班次" in text(empty)
    assert 'href="/join/"' in empty.content.decode()
    make_shift()
    assert "按这些条件，没有要来的班次" in text(visitor.get("/projects/?q=没有的"))


def test_nothing_of_another_place_is_listed_or_opened(visitor: Client, tenant_b: Any, client_for: Any) -> None:
    with tenant_context(tenant_b):
        foreign = make_shift(make_project(title="南宁的事")).project
    assert titles(visitor.get("/projects/")) == []
    assert visitor.get(foreign.get_absolute_url()).status_code == 404
    assert titles(client_for(tenant_b).get("/projects/")) == ["南宁的事"]


@pytest.mark.parametrize("path", ["/projects/nothing/", "/projects/120101-2026-9999/"])
def test_an_unknown_number_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/projects/", "/projects/x/"])
def test_the_pages_are_only_read(visitor: Client, path: str) -> None:
    assert visitor.post(path).status_code in {403, 405}


def test_a_projects_page_says_all_that_one_must_know(visitor: Client) -> None:
    organiser = make_organiser()
    project = make_project(
        brand=make_brand(), organiser=organiser, address="示例路12号", step_free=True, min_age=18, skills="会说天津话",
        guardian_required=True, insurance="组织方统一购买", contact_name="甲社区助老员",
    )  # fmt: skip
    make_shift(project, places=6, taken=2)
    page = text(visitor.get(project.get_absolute_url()))
    for said in [
        project.number, "寸草心", "陪独居老人坐坐", "甲社区服务站", "示例路12号；无台阶，轮椅可到", "还差4人",
        "18岁以上", "未成年人须由监护人同行", "一个人", "上门探访", "独居", "会说天津话", "组织方统一购买",
        organiser.name, "甲社区助老员", "022-5555", "招募中", "坐下聊天",
    ]:  # fmt: skip
        assert said in page, said


def test_the_private_number_of_the_one_in_charge_is_never_shown(visitor: Client) -> None:
    project = make_shift().project
    leader = project.in_charge
    leader.mobile = "13812345678"
    leader.save()
    page = visitor.get(project.get_absolute_url()).content.decode()
    assert "13812345678" not in page
    assert leader.username not in page


@pytest.mark.parametrize(
    ("over", "hours", "said"),
    [
        ({"state": "cancelled", "cancelled_reason": "社区停电"}, 50, "项目已取消原因：社区停电"),
        ({}, -50, "项目已结束"),
        ({}, -1, "进行中"),
    ],
)
def test_the_page_tells_where_the_project_stands_though_no_worker_ran(
    visitor: Client, over: dict[str, str], hours: int, said: str
) -> None:
    project = make_project(**over)
    make_shift(project, starts_at=timezone.now() + dt.timedelta(hours=hours))
    assert said in text(visitor.get(project.get_absolute_url()))


def test_a_cancelled_shift_says_so_and_why(visitor: Client) -> None:
    shift = make_shift(cancelled_at=timezone.now(), cancelled_reason="老师生病")
    assert "已取消老师生病" in text(visitor.get(shift.project.get_absolute_url()))


def test_an_app_above_fills_the_last_cell_of_each_open_shift(visitor: Client, monkeypatch: Any) -> None:
    project = make_project()
    soon = make_shift(project)
    make_shift(project, starts_at=timezone.now() - dt.timedelta(hours=1))
    asked: list[list[Shift]] = []

    def contribute(request: Any, about: Any, shifts: list[Shift]) -> dict[str, Any]:
        asked.append(shifts)
        return {"mine": {soon.pk}}

    monkeypatch.setattr(slots, "_shift_actions", [("components/chosen.html", contribute)])
    page = visitor.get(project.get_absolute_url()).content.decode()
    assert asked == [[soon]]
    assert page.count('class="mine"') == 1


def test_a_division_that_is_no_number_finds_nothing_and_breaks_nothing(visitor: Client) -> None:
    make_shift(make_project())

    assert [visitor.get("/projects/", {"division": code}).status_code for code in ("\x00", "甲", "１２")] == [200] * 3
