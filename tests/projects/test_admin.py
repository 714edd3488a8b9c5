"""Projects in the Wagtail admin: who may, what the form refuses, what leaves in a table."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context
from openpyxl import load_workbook
from wagtail.models import Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from portal.core.models import Brand, Division
from portal.projects.models import Project, Shift
from tests.cast import person
from tests.factories.projects import make_brand, make_organiser, make_project, make_shift

BASE = "/cms/snippets/projects/project/"
CAST = [
    "officer",
    "publicist",
    "reviewer",
    "community_worker",
    "organisation_manager",
    "school_manager",
    "volunteer",
    "newcomer",
]


def clock(ahead: timedelta) -> str:
    return f"{timezone.localtime(timezone.now() + ahead):%Y-%m-%d %H:%M}"


def shift_data(ahead: timedelta = timedelta(days=3), **over: Any) -> dict[str, Any]:
    return {"starts_at": clock(ahead), "ends_at": clock(ahead + timedelta(hours=2)), "places": "4", "note": "", **over}


def stored_shift(shift: Shift, **over: Any) -> dict[str, Any]:
    start, end = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
    written = {"starts_at": f"{start:%Y-%m-%d %H:%M:%S.%f}", "ends_at": f"{end:%Y-%m-%d %H:%M:%S.%f}"}
    return {"id": shift.pk, **written, "places": str(shift.places), "note": "", **over}


def form_data(shifts: list[dict[str, Any]], *, initial: Any = 0, **over: Any) -> dict[str, Any]:
    division = Division.objects.filter(level="street").first()
    assert division is not None
    several = {
        name: over.pop(name, [value])
        for name, value in [
            ("service_kinds", "home_visit"),
            ("recipients", "living_alone"),
            ("participation", "individual"),
        ]
    }
    return several | nested_form_data({
        "title": "陪独居老人坐坐", "summary": "各坐二十来分钟。", "body": rich_text("<p>坐下聊天。</p>"), "brand": "",
        "division": division.pk, "venue": "甲社区服务站", "address": "示例路12号",
        "organiser": make_organiser(division=division).pk, "in_charge": person("officer").pk,
        "contact_name": "甲社区助老员", "contact_phone": "022-55550112", "min_age": "18", "max_age": "70",
        "skills": "", "who_note": "", "insurance": "", "go_live_at": "",
        "shifts": inline_formset(shifts, initial=initial), **over,
    })  # fmt: skip


def messages(response: Any) -> str:
    """All errors of form and formset as one text."""
    form = response.context["form"]
    shifts = form.formsets["shifts"]
    return f"{form.errors.as_text()} {[f.errors.as_text() for f in shifts.forms]} {shifts.non_form_errors().as_text()}"


@pytest.fixture
def officer(tenant_a: Any, client_for: Any) -> Client:
    client: Client = client_for(tenant_a, "officer")
    return client


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


@pytest.mark.parametrize("name", CAST)
def test_only_officers_and_community_workers_write_and_only_officers_publish(
    tenant_a: Any, client_for: Any, name: str
) -> None:
    client = client_for(tenant_a, name)
    response = client.post(f"{BASE}add/", form_data([shift_data()], **{"action-publish": "1"}))
    written = Project.objects.first()
    outcome = (response.status_code, written.live if written else None)
    expected = {"officer": (302, True), "community_worker": (302, False)}
    assert outcome == expected.get(name, (302, None))


@pytest.mark.parametrize("name", ["", *CAST])
def test_who_reaches_which_page_of_the_admin(tenant_a: Any, client_for: Any, name: str) -> None:
    project = make_shift(make_project()).project
    client = client_for(tenant_a, name)
    pages = [BASE, f"{BASE}add/", f"{BASE}edit/{project.pk}/", f"/cms/projects/{project.pk}/cancel/"]
    seen = [client.get(page).status_code == 200 for page in pages]
    expected = {
        "officer": [True, True, True, True],
        "community_worker": [True, True, True, False],
        "publicist": [True, False, False, False],
        "reviewer": [True, False, False, False],
    }
    assert seen == expected.get(name, [False, False, False, False])


def test_an_officer_of_another_place_sees_nothing_here(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    project = make_shift(make_project(title="和平区的事")).project
    foreign = client_for(tenant_b, "officer")
    paths = [f"{BASE}edit/{project.pk}/", f"/cms/projects/{project.pk}/cancel/", project.get_absolute_url()]
    assert [foreign.get(path).status_code for path in paths] == [404, 404, 404]
    assert "和平区的事" not in foreign.get(BASE).content.decode()
    assert "和平区的事" not in foreign.get("/projects/").content.decode()


def test_what_a_community_worker_submits_an_officer_approves(tenant_a: Any, client_for: Any) -> None:
    worker, officer = client_for(tenant_a, "community_worker"), client_for(tenant_a, "officer")
    worker.post(f"{BASE}add/", form_data([shift_data()], **{"action-submit": "1"}))
    project = Project.objects.get()
    assert (project.state, project.live, project.current_workflow_state.workflow.name) == (
        "in_review",
        False,
        "项目审核",
    )
    task = project.current_workflow_state.current_task_state
    response = officer.post(f"{BASE}workflow/action/{project.pk}/approve/{task.pk}/")
    assert response.status_code == 302
    project = Project.objects.get()
    assert (project.state, project.live) == ("recruiting", True)
    assert Workflow.objects.filter(name="项目审核").count() == 1


def test_what_is_sent_back_is_a_draft_again(tenant_a: Any, client_for: Any) -> None:
    worker, officer = client_for(tenant_a, "community_worker"), client_for(tenant_a, "officer")
    worker.post(f"{BASE}add/", form_data([shift_data()], **{"action-submit": "1"}))
    project = Project.objects.get()
    task = project.current_workflow_state.current_task_state
    officer.post(f"{BASE}workflow/action/{project.pk}/reject/{task.pk}/", {"comment": "地址不清楚"})
    assert Project.objects.get().state == "draft"


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


def test_drafts_in_review_wait_for_officers_alone(tenant_a: Any, tenant_b: Any) -> None:
    from portal.core.waiting import waiting_for

    with tenant_context(tenant_b):
        make_project(title="南宁的", live=False, state="in_review")
    make_project(title="和平区的", live=False, state="in_review")
    make_project(title="草稿", live=False, state="draft")
    assert [item.title for item in waiting_for(person("officer"), staff=True) if item.action == "去审核"] == [
        "和平区的"
    ]
    assert [item for item in waiting_for(person("community_worker"), staff=True) if item.action == "去审核"] == []
