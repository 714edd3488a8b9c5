"""The form of a project in the Wagtail admin: what it saves, what it refuses, what it shows beforehand."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.test.utils.form_data import rich_text

from portal.projects.models import Project
from tests.cast import person
from tests.factories.projects import make_organiser, make_project, make_shift
from tests.projects.admin_form import BASE, clock, form_data, messages, shift_data, stored_shift


def test_an_officer_writes_and_publishes_a_project(officer: Client) -> None:
    data = form_data([shift_data()], **{"action-publish": "1"})
    response = officer.post(f"{BASE}add/", data)
    assert response.status_code == 302, messages(response)
    project = Project.objects.get()
    assert (project.live, project.state, project.shifts.get().places) == (True, "recruiting", 4)
    assert officer.get(project.get_absolute_url()).status_code == 200


def test_a_draft_has_no_public_address(officer: Client) -> None:
    assert officer.post(f"{BASE}add/", form_data([shift_data()])).status_code == 302
    project = Project.objects.get()
    assert (project.live, project.state) == (False, "draft")
    assert officer.get(project.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"title": ""}, "title"),
        ({"service_kinds": []}, "service_kinds"),
        ({"division": "999999"}, "division"),
        ({"min_age": "70", "max_age": "18"}, "最高年龄应不小于最低年龄"),
        ({"contact_phone": "13812345678"}, "这是个人手机号"),
        ({"contact_phone": "abc"}, "不像办公电话"),
    ],
)
def test_the_form_names_the_field_that_is_wrong(officer: Client, over: dict[str, Any], message: str) -> None:
    response = officer.post(f"{BASE}add/", form_data([shift_data()], **{"action-publish": "1"}, **over))
    assert message in messages(response)
    assert Project.objects.count() == 0


DAY = timedelta(days=3)


@pytest.mark.parametrize(
    ("shifts", "message"),
    [
        ([], "请至少写一班"),
        ([shift_data(ends_at=clock(DAY - timedelta(hours=1)))], "结束时间应晚于开始时间"),
        ([shift_data(places="-3")], "places"),
        ([shift_data(places="0")], "places"),
        ([shift_data(timedelta(days=-1))], "开始时间已经过去"),
        ([shift_data(), shift_data(DAY + timedelta(hours=1))], "时间重叠"),
        ([shift_data(starts_at="明天")], "starts_at"),
    ],
)
def test_the_form_refuses_shifts_that_cannot_be(officer: Client, shifts: list[dict[str, Any]], message: str) -> None:
    response = officer.post(f"{BASE}add/", form_data(shifts, **{"action-publish": "1"}))
    assert response.status_code == 200
    assert message in messages(response)
    assert Project.objects.count() == 0


def test_the_one_in_charge_must_belong_to_the_organiser_or_to_the_staff(officer: Client) -> None:
    stranger = person("volunteer")
    from tests.factories.people import make_membership

    make_membership(user=stranger)
    response = officer.post(f"{BASE}add/", form_data([shift_data()], in_charge=stranger.pk))
    assert "不是“示例邻里互助队”的成员" in messages(response)
    make_membership(user=stranger, organisation=make_organiser())
    assert officer.post(f"{BASE}add/", form_data([shift_data()], in_charge=stranger.pk)).status_code == 302


def test_places_are_not_cut_below_those_taken_and_a_chosen_shift_is_not_deleted(officer: Client) -> None:
    shift = make_shift(places=6, taken=3)
    url = f"{BASE}edit/{shift.project_id}/"
    cut = officer.post(url, form_data([stored_shift(shift, places="2")], initial=1))
    assert "已有3人报名，名额不能少于3" in messages(cut)
    gone = officer.post(url, form_data([stored_shift(shift, DELETE="on"), shift_data(timedelta(days=9))], initial=1))
    assert "已有人报名，不能删除" in messages(gone)
    assert f"{shift}" in messages(gone)
    shift.refresh_from_db()
    assert (shift.places, shift.taken) == (6, 3)


def test_script_in_any_text_is_shown_as_text(officer: Client) -> None:
    evil = "<script>alert(1)</script>"
    fields = dict.fromkeys(["title", "venue", "address", "summary", "skills", "contact_name", "who_note"], evil)
    data = form_data([shift_data(note=evil)], body=rich_text(f"<p>好</p>{evil}"), **fields, **{"action-publish": "1"})
    response = officer.post(f"{BASE}add/", data)
    assert response.status_code == 302, messages(response)
    project = Project.objects.get()
    for path in [project.get_absolute_url(), "/projects/", BASE, f"{BASE}inspect/{project.pk}/"]:
        assert evil not in officer.get(path).content.decode()


def test_the_preview_is_the_public_page_with_the_shifts_of_the_form(officer: Client) -> None:
    url = f"{BASE}preview/"
    data = form_data([shift_data(places="7")], title="还没保存的名字")
    assert officer.post(url, data).json() == {"is_valid": True, "is_available": True}
    page = officer.get(url).content.decode()
    assert "还没保存的名字" in page.replace("<wbr>", "")
    assert "共7人" in page
    assert Project.objects.count() == 0


def test_a_preview_belongs_to_the_tenant_that_asked_for_it(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    make_shift(make_project(title="和平区的"))
    with tenant_context(tenant_b):
        foreign = client_for(tenant_b, "officer")
        data = form_data([shift_data()], title="南宁的")
    assert foreign.post(f"{BASE}preview/", data).json()["is_available"]
    page = foreign.get(f"{BASE}preview/").content.decode()
    assert "南宁的" in page.replace("<wbr>", "")
    assert "和平区" not in page


def test_a_form_sent_twice_makes_one_project(officer: Client) -> None:
    data = form_data([shift_data()])
    assert officer.post(f"{BASE}add/", data).status_code == 302
    assert "不必再存一次" in messages(officer.post(f"{BASE}add/", data))
    assert Project.objects.count() == 1
