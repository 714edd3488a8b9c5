"""Projects in the Wagtail admin: the list, what leaves in a table, calling off and running again."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from portal.core.models import Brand
from portal.projects.models import Project
from tests.factories.projects import make_brand, make_project, make_shift
from tests.projects.admin_form import BASE


@pytest.mark.parametrize("rows", [1, 3, 10])
def test_the_list_costs_the_same_with_more_rows(officer: Client, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_shift(make_project(brand=make_brand()))
    officer.get(BASE)
    with django_assert_num_queries(LIST_QUERIES):
        assert officer.get(BASE).status_code == 200


LIST_QUERIES = 17


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=手机 课堂", ["手机课堂"]),
        ("q=手机 陪诊", []),
        ("state=cancelled", ["停办的"]),
        ("state=recruiting", ["手机课堂"]),
        ("kind=smart_tech", ["手机课堂"]),
        ("division=120101", ["停办的", "手机课堂"]),
        ("division=xx", ["停办的", "手机课堂"]),
        ("date_from=2030-01-01", []),
        ("date_from=zz", ["停办的", "手机课堂"]),
    ],
)
def test_the_list_is_searched_and_filtered(officer: Client, query: str, found: list[str]) -> None:
    make_shift(make_project(title="手机课堂", service_kinds=["smart_tech"]))
    make_project(title="停办的", state="cancelled", cancelled_reason="停电")
    page = officer.get(f"{BASE}?{query}")
    assert sorted(project.title for project in page.context["object_list"]) == sorted(found)


def test_a_table_that_leaves_never_runs_in_a_spreadsheet(officer: Client) -> None:
    make_shift(make_project(title="=HYPERLINK(1)", summary="@sum", brand=Brand.objects.first(), contact_name="+1"))
    sheet: Any = load_workbook(io.BytesIO(b"".join(officer.get(f"{BASE}?export=xlsx").streaming_content))).active
    row = [(cell.value, cell.data_type) for cell in sheet[2]]
    assert ("=HYPERLINK(1)", "s") in row
    assert "f" not in {kind for _value, kind in row}
    text = b"".join(officer.get(f"{BASE}?export=csv").streaming_content).decode()
    assert text.startswith("\ufeff")
    assert ",'=HYPERLINK(1),'@sum," in text


def test_the_page_of_one_project_shows_shifts_and_leads_to_cancelling_each(officer: Client) -> None:
    shift = make_shift(places=6, taken=3)
    page = officer.get(f"{BASE}inspect/{shift.project_id}/").content.decode()
    assert "3/6" in page
    assert f"/cms/projects/shifts/{shift.pk}/cancel/" in page
    assert officer.post(f"/cms/projects/shifts/{shift.pk}/cancel/", {"reason": "停电"}).status_code == 302
    shift.refresh_from_db()
    assert shift.cancelled_reason == "停电"


def test_the_page_of_cancelling_says_how_many_people_will_be_told(officer: Client) -> None:
    shift = make_shift(places=6, taken=3, waiting=2)
    make_shift(shift.project, starts_at=timezone.now() - timedelta(days=3), places=6, taken=6)
    url = f"/cms/projects/{shift.project_id}/cancel/"
    assert "有5人报了名或在候补" in officer.get(url).content.decode()
    empty = officer.post(url, {"reason": " "})
    assert (empty.status_code, "请写明取消的原因" in empty.content.decode()) == (400, True)
    assert officer.post(url, {"reason": "停电"}).status_code == 302
    again = officer.post(url, {"reason": "停电"})
    assert (again.status_code, "已经取消" in again.content.decode()) == (400, True)
    assert "停电" in officer.get(shift.project.get_absolute_url()).content.decode()
    history = officer.get(f"{BASE}history/{shift.project_id}/").content.decode()
    assert "项目已取消" in history or "取消项目" in history


def test_running_it_again_makes_one_draft(officer: Client) -> None:
    shift = make_shift()
    assert officer.get(f"/cms/projects/{shift.project_id}/again/").status_code == 200
    assert officer.post(f"/cms/projects/{shift.project_id}/again/").status_code == 302
    assert Project.objects.filter(live=False, state="draft").count() == 1


def test_what_was_published_is_not_deleted(officer: Client) -> None:
    kept, free = make_project(), make_project(live=False, state="draft", first_published_at=None)
    officer.post(f"{BASE}delete/{kept.pk}/")
    officer.post(f"{BASE}delete/{free.pk}/")
    assert list(Project.objects.all()) == [kept]


def test_the_list_counts_places_of_shifts_to_come_alone(officer: Client) -> None:
    project = make_shift(places=6, taken=2).project
    make_shift(project, places=4, taken=1)
    make_shift(project, starts_at=timezone.now() - timedelta(days=3), places=9, taken=9)
    make_shift(project, places=5, taken=3, cancelled_at=timezone.now())
    make_project(title="还没有班次")
    rows = officer.get(BASE).context["object_list"]
    assert {row.title: (row.taken, row.places) for row in rows} == {
        "陪独居老人坐坐": (3, 10),
        "还没有班次": (None, None),
    }
    assert ">3/10<" in "".join(officer.get(BASE).content.decode().split())
