"""Who reaches, writes, publishes and approves projects in the Wagtail admin."""

from typing import Any

import pytest
from django_tenants.utils import tenant_context
from wagtail.models import Workflow

from portal.projects.models import Project
from tests.cast import person
from tests.factories.projects import make_project, make_shift
from tests.projects.admin_form import BASE, form_data, shift_data

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


def test_drafts_in_review_wait_for_officers_alone(tenant_a: Any, tenant_b: Any) -> None:
    from portal.core.waiting import waiting_for

    with tenant_context(tenant_b):
        make_project(title="南宁的", live=False, state="in_review")
    make_project(title="和平区的", live=False, state="in_review")
    make_project(title="草稿", live=False, state="draft")
    assert [item.title for item in waiting_for(person("officer")).admin if item.action == "去审核"] == ["和平区的"]
    assert [item for item in waiting_for(person("community_worker")).admin if item.action == "去审核"] == []
