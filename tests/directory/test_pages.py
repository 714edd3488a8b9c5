"""The public pages of the directory, and its tables."""

import csv
import datetime as dt
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context
from openpyxl import load_workbook

from portal.core.models import Division, RuleSettings
from portal.directory.enums import EntryKind
from portal.directory.queries import entries_by_division, months_before, responsible_for, stale_before
from tests.cast import ROLES
from tests.counting import own_queries
from tests.factories.directory import make_entry

DISTRICT, STREET, OTHER = "120101", "120101001", "120101002"


def place(code: str) -> Division:
    return Division.objects.get(code=code)


def names(response: Any) -> list[str]:
    return [entry.name for group in response.context["groups"] for entry in group.entries]


def test_the_list_shows_what_is_published_here_and_nothing_else(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    make_entry(name="和平养老院")
    make_entry(name="草稿养老院", live=False)
    with tenant_context(tenant_b):
        make_entry(name="南宁养老院")
    client = client_for(tenant_a)
    assert names(client.get("/directory/")) == ["和平养老院"]
    assert "南宁" not in client.get("/directory/export.csv").content.decode("utf-8-sig")


@pytest.mark.parametrize("role", ["", *ROLES])
def test_a_draft_is_found_neither_as_page_nor_in_a_table_by_anybody(tenant_a: Any, client_for: Any, role: str) -> None:
    draft = make_entry(name="草稿养老院", live=False)
    client = client_for(tenant_a, role)
    assert client.get(f"/directory/{draft.pk}/").status_code == 404
    assert "草稿养老院" not in client.get("/directory/export.csv").content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["区民政局", "甲社区", "乙养老院"]),
        (f"division={STREET}", ["甲社区"]),
        (f"division={DISTRICT}", ["区民政局", "甲社区", "乙养老院"]),
        ("kind=care_home", ["乙养老院"]),
        ("q=理发", ["乙养老院"]),
        ("q=劝业场", ["甲社区"]),
        ("q=没有", []),
        ("division=999999&kind=nonsense", ["区民政局", "甲社区", "乙养老院"]),
    ],
)
def test_filters_stand_in_the_address(tenant_a: Any, client_for: Any, query: str, found: list[str]) -> None:
    make_entry(name="区民政局", kind=EntryKind.CIVIL_AFFAIRS, division=place(DISTRICT))
    make_entry(name="甲社区", kind=EntryKind.COMMUNITY, division=place(STREET))
    make_entry(name="乙养老院", division=place(OTHER), offers="每天；有理发、助餐")
    assert names(client_for(tenant_a).get(f"/directory/?{query}")) == found


def test_entries_stand_in_groups_under_their_places(tenant_a: Any, client_for: Any) -> None:
    for code in (OTHER, STREET, OTHER):
        make_entry(division=place(code))
    groups = client_for(tenant_a).get("/directory/").context["groups"]
    assert [(group.division.code, len(group.entries)) for group in groups] == [(STREET, 1), (OTHER, 2)]


def test_the_home_page_gets_the_places_below_the_tenant_with_their_numbers(
    tenant_a: Any, django_assert_num_queries: Any
) -> None:
    make_entry(division=place(DISTRICT))
    make_entry(division=place(STREET))
    make_entry(division=place(OTHER), live=False)
    with django_assert_num_queries(2):
        assert [(row.division.code, row.entries) for row in entries_by_division()] == [(STREET, 1)]


def test_the_body_that_answers_for_a_place_is_its_own_or_the_nearest_above(tenant_a: Any) -> None:
    district = make_entry(name="区民政局", kind=EntryKind.CIVIL_AFFAIRS, division=place(DISTRICT))
    street = make_entry(name="街道办", kind=EntryKind.STREET, division=place(STREET))
    make_entry(division=place(OTHER))
    assert [responsible_for(where) for where in (None, place(STREET), place(OTHER))] == [district, street, district]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_six_queries_whatever_its_length(tenant_a: Any, client_for: Any, number: int) -> None:
    streets = Division.objects.filter(level="street")
    for index in range(number):
        make_entry(division=streets[index])
    assert own_queries(client_for(tenant_a), "/directory/") == 6


def test_the_printed_list_has_all_entries_on_one_page(tenant_a: Any, client_for: Any) -> None:
    for _ in range(51):
        make_entry()
    client = client_for(tenant_a)
    assert [len(names(client.get(f"/directory/{query}"))) for query in ("", "?page=2", "?page=all")] == [50, 1, 51]


def test_an_entry_that_was_not_checked_in_time_says_so(tenant_a: Any, client_for: Any) -> None:
    today = timezone.localdate()
    fresh = make_entry(last_checked=stale_before(today))
    old = make_entry(last_checked=stale_before(today) - dt.timedelta(days=1))
    client = client_for(tenant_a)
    assert client.get("/directory/").content.decode().count("过期未复核") == 1
    told = ["有些日子没核对了" in client.get(f"/directory/{each.pk}/").content.decode() for each in (fresh, old)]
    assert told == [False, True]


def test_the_tenant_says_after_how_many_months(tenant_a: Any) -> None:
    assert stale_before(dt.date(2026, 8, 31)) == dt.date(2026, 2, 28)
    RuleSettings.objects.update(directory_check_months=12)
    assert stale_before(dt.date(2026, 8, 31)) == dt.date(2025, 8, 31)
    assert [months_before(dt.date(2026, 1, 31), months) for months in (0, 1, 2, 13)] == [
        dt.date(2026, 1, 31),
        dt.date(2025, 12, 31),
        dt.date(2025, 11, 30),
        dt.date(2024, 12, 31),
    ]


def test_a_telephone_is_a_link_on_list_and_page(tenant_a: Any, client_for: Any) -> None:
    entry = make_entry(phone="022-55550201转12")
    for url in ("/directory/", f"/directory/{entry.pk}/"):
        assert 'href="tel:02255550201;ext=12"' in client_for(tenant_a).get(url).content.decode()


def test_csv_begins_with_a_mark_and_runs_no_formula(tenant_a: Any, client_for: Any) -> None:
    make_entry(name="=cmd|' /C calc'!A0", offers=" +1", contact="@王", phone="022-55550201")
    response = client_for(tenant_a).get("/directory/export.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(StringIO(response.content.decode("utf-8-sig")))
    assert head[:4] == ["区划代码", "区划", "类别", "名称"]
    assert (row[3], row[5], row[6], row[9]) == ("'=cmd|' /C calc'!A0", "'@王", "022-55550201", "' +1")
    assert "attachment" in response["Content-Disposition"]


def test_xlsx_has_the_same_rows_and_no_formula(tenant_a: Any, client_for: Any) -> None:
    make_entry(name="=1+1")
    make_entry(kind=EntryKind.SCHOOL, name="示例中学")
    response = client_for(tenant_a).get("/directory/export.xlsx?kind=care_home")
    rows = list(load_workbook(BytesIO(response.content)).worksheets[0].iter_rows())
    assert [(cell.value, cell.data_type) for cell in rows[1]][3] == ("'=1+1", "s")
    assert len(rows) == 2


def test_an_unknown_format_is_not_found(tenant_a: Any, client_for: Any) -> None:
    assert client_for(tenant_a).get("/directory/export.exe").status_code == 404


def test_an_empty_directory_says_who_publishes_it_and_when(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a)
    assert "名录还没有公布" in client.get("/directory/").content.decode()
    make_entry()
    assert "名录里没有符合这些条件的" in client.get("/directory/?q=无").content.decode()


@pytest.mark.parametrize(
    ("constraint", "over"),
    [
        ("directoryentry_once", {"name": "示例养老院"}),
        ("directoryentry_kind", {"kind": "palace"}),
        ("directoryentry_phone", {"phone": "随便打"}),
    ],
)
def test_the_database_refuses_doubles_and_nonsense(tenant_a: Any, constraint: str, over: dict[str, Any]) -> None:
    make_entry(name="示例养老院")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_entry(**over)
