"""An organisation's manager offers a project; it goes to the officers and nobody else may do it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.models import Division
from portal.notices.models import Notice
from portal.organisations.enums import MemberRole
from portal.organisations.models import Organisation
from portal.projects.domain.propose import SentTwice, propose_project
from portal.projects.models import Project, Shift
from tests.cast import ROLES, person
from tests.factories.people import make_membership, make_organisation
from tests.factories.projects import make_organiser, make_project, make_shift


@pytest.fixture
def team(tenant_a: Any) -> Organisation:
    """A team run by the cast's organisation manager."""
    organiser = make_organiser()
    make_membership(user=person("organisation_manager"), organisation=organiser, role=MemberRole.MANAGER)
    return organiser


@pytest.fixture
def manager(team: Organisation, tenant_a: Any, client_for: Any) -> Client:
    client: Client = client_for(tenant_a, "organisation_manager")
    return client


def one_shift(**over: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=5)
    values = {"day": f"{day}", "begins": "09:00", "ends": "11:00", "places": "6", **over}
    return {f"shifts-0-{name}": value for name, value in values.items()}


def offer(shift: dict[str, str] | None = None, **over: Any) -> dict[str, Any]:
    division = Division.objects.filter(level="street").first()
    assert division is not None
    return {
        "title": "修收音机", "summary": "给老人修收音机。", "text": "带工具。\n<script>alert(1)</script>",
        "service_kinds": ["smart_tech"], "recipients": ["all"], "participation": ["team"], "division": division.pk,
        "venue": "甲社区服务站", "address": "", "min_age": "", "max_age": "", "skills": "",
        "shifts-TOTAL_FORMS": "4", "shifts-INITIAL_FORMS": "0", **(one_shift() if shift is None else shift), **over,
    }  # fmt: skip


def test_what_a_manager_offers_waits_in_review_with_its_shifts(manager: Client, team: Organisation) -> None:
    response = manager.post(f"/desk/projects/new/{team.pk}/", offer())
    assert response.status_code == 302
    project = Project.objects.get()
    assert (project.state, project.live, project.organiser) == ("in_review", False, team)
    assert project.in_charge == person("organisation_manager")
    assert [(s.places, s.taken) for s in project.shifts.all()] == [(6, 0)]
    assert "&lt;script&gt;" in project.body
    assert "审核中" in manager.get("/desk/projects/").content.decode()


@pytest.mark.parametrize("approve", [True, False])
def test_the_manager_learns_what_came_of_it(
    manager: Client, team: Organisation, tenant_a: Any, client_for: Any, approve: bool
) -> None:
    manager.post(f"/desk/projects/new/{team.pk}/", offer())
    project = Project.objects.get()
    task = project.current_workflow_state.current_task_state
    action, comment = ("approve", "") if approve else ("reject", "写明工具")
    url = f"/cms/snippets/projects/project/workflow/action/{project.pk}/{action}/{task.pk}/"
    client_for(tenant_a, "officer").post(url, {"comment": comment})
    notice = Notice.objects.get(user=person("organisation_manager"), kind="project_review")
    expected = "“修收音机”已通过审核" if approve else "“修收音机”退回修改"
    assert (notice.subject, comment in notice.body) == (expected, True)
    assert Project.objects.get().state == ("recruiting" if approve else "draft")


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"title": ""}, "title"),
        ({"service_kinds": []}, "service_kinds"),
        ({"min_age": "70", "max_age": "20"}, "最高年龄应不小于最低年龄"),
        ({"shift": {}}, "请至少写一班"),
        ({"shift": one_shift(ends="08:00")}, "结束时间应晚于开始时间"),
        ({"shift": one_shift(places="-2")}, "places"),
        ({"shift": one_shift(day="2020-01-01")}, "开始时间已经过去"),
        ({"shifts-TOTAL_FORMS": "9999999"}, ""),
        ({"shifts-TOTAL_FORMS": "x"}, ""),
    ],
)
def test_a_bad_offer_is_refused_by_field_and_writes_nothing(
    manager: Client, team: Organisation, over: dict[str, Any], message: str
) -> None:
    response = manager.post(f"/desk/projects/new/{team.pk}/", offer(**over))
    errors = f"{response.context['form'].errors} {response.context['shifts'].errors}"
    assert (response.status_code, message in errors) == (400, True)
    assert Project.objects.count() == 0


def test_the_summary_names_every_field_down_to_the_shift(manager: Client, team: Organisation) -> None:
    page = manager.post(f"/desk/projects/new/{team.pk}/", offer(one_shift(ends="08:00"), title="", venue="")).text
    summary = page[page.index("notice--stop") : page.index("</ul>", page.index("notice--stop"))]
    assert "有3处需要改" in summary
    for line in ("名称：这一项还没有填。", "集合地点：这一项还没有填。", "第1班，结束：结束时间应晚于开始时间。"):
        assert line in summary


def test_overlapping_shifts_are_refused_by_name(manager: Client, team: Organisation) -> None:
    second = {name.replace("-0-", "-1-"): value for name, value in one_shift(begins="10:00", ends="12:00").items()}
    response = manager.post(f"/desk/projects/new/{team.pk}/", offer(one_shift() | second))
    assert "时间重叠" in str(response.context["form"].errors)


def test_a_button_pressed_twice_makes_one_project(manager: Client, team: Organisation) -> None:
    for expected in (302, 400):
        assert manager.post(f"/desk/projects/new/{team.pk}/", offer()).status_code == expected
    assert Project.objects.count() == 1


def test_the_verb_itself_sees_the_second_time(team: Organisation) -> None:
    start = timezone.now() + timedelta(days=3)
    stored = make_project(organiser=team, title="修收音机")
    with pytest.raises(SentTwice):
        propose_project(
            team, values={"title": stored.title, "venue": stored.venue}, by=person("officer"),
            shifts=[Shift(starts_at=start, ends_at=start + timedelta(hours=1), places=1)],
        )  # fmt: skip


@pytest.mark.parametrize("name", ["", "newcomer", *ROLES])
def test_only_those_who_run_the_organisation_offer_in_its_name(
    team: Organisation, tenant_a: Any, client_for: Any, name: str
) -> None:
    client = client_for(tenant_a, name)
    seen = [client.get(path).status_code for path in ("/desk/projects/", f"/desk/projects/new/{team.pk}/")]
    made = client.post(f"/desk/projects/new/{team.pk}/", offer()).status_code
    # The cast's school manager runs a school, and sees that school's list alone.
    expected = {"": [302, 302, 302], "organisation_manager": [200, 200, 302], "school_manager": [200, 403, 403]}
    assert [*seen, made] == expected.get(name, [403, 403, 403])
    assert Project.objects.count() == (1 if name == "organisation_manager" else 0)


def test_a_manager_offers_nothing_for_others(manager: Client) -> None:
    other = make_organisation()
    assert manager.get(f"/desk/projects/new/{other.pk}/").status_code == 403
    assert manager.post(f"/desk/projects/new/{other.pk}/", offer()).status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 10])
def test_the_list_of_our_projects_costs_the_same_with_more_rows(
    manager: Client, team: Organisation, django_assert_num_queries: Any, rows: int
) -> None:
    for n in range(rows):
        make_shift(make_project(organiser=team, title=f"第{n}个"))
    make_project(title="别人的", organiser=make_organisation())
    manager.get("/desk/projects/")
    with django_assert_num_queries(9):
        page = manager.get("/desk/projects/").content.decode()
    assert (page.count("第"), "别人的" in page) == (rows, False)
