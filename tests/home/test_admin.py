"""The admin as the cast finds it: name, menu, first page, and the way of a page to publication."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow

from portal.core.waiting import WaitingItem
from portal.home.models import ArticleIndexPage, ArticlePage
from tests.cast import ROLES, person
from tests.factories.projects import make_project, make_shift

STAFF = ["officer", "publicist", "reviewer", "community_worker"]


def first_page(client: Any) -> str:
    return str(client.get("/cms/").content.decode())


def draft() -> ArticlePage:
    page = ArticlePage(title="待审", slug="waiting", live=False, owner=person("publicist"))
    ArticleIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=person("publicist"))
    return page


@pytest.mark.parametrize("role", STAFF)
def test_staff_find_the_tenants_name_and_mark_and_no_news_of_wagtail(tenant_a: Any, client_for: Any, role: str) -> None:
    page = first_page(client_for(tenant_a, role))

    assert "津牌养老工作台" in page
    assert '<span class="yl-plate">和</span>' in page
    assert "等我办的" in page
    assert "现在没有等您办的事。" in page
    assert "What's new" not in page


@pytest.mark.parametrize("role", [role for role in [*ROLES, "newcomer"] if role not in STAFF])
def test_others_do_not_enter_the_admin(tenant_a: Any, client_for: Any, role: str) -> None:
    assert client_for(tenant_a, role).get("/cms/").status_code in {302, 403}


def test_what_waits_in_the_admin_is_shown_with_its_door(
    tenant_a: Any, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = WaitingItem(title="三条记录等您确认", url="/cms/x/", action="去确认", staff=True)
    desk = WaitingItem(title="只在服务台", url="/desk/", action="看看")
    monkeypatch.setattr("portal.core.waiting._contributors", [lambda user: [item, desk]])
    page = first_page(client_for(tenant_a, "officer"))

    assert '<a class="button button-secondary" href="/cms/x/">去确认</a>' in page
    assert "只在服务台" not in page


def test_the_settings_of_the_site_open_for_the_officer_alone(tenant_a: Any, client_for: Any) -> None:
    for name in ("siteidentity", "legalfooter", "rulesettings"):
        address = reverse("wagtailsettings:edit", args=["core", name], urlconf="portal.urls_tenant") + "1/"
        assert client_for(tenant_a, "officer").get(address).status_code == 200
        for role in ("publicist", "reviewer", "community_worker"):
            assert client_for(tenant_a, role).get(address).status_code in {302, 403}


def test_every_number_of_the_rules_stands_on_its_form(tenant_a: Any, client_for: Any) -> None:
    from portal.core.models import RuleSettings

    page = client_for(tenant_a, "officer").get("/cms/settings/core/rulesettings/1/")
    fields = {field.name for field in RuleSettings._meta.fields if field.editable and field.name != "id"}
    assert fields - set(page.context["form"].fields) == set()


def test_there_is_one_workflow_and_reviewers_approve_in_it(tenant_a: Any) -> None:
    workflow = Workflow.objects.get(workflow_pages__isnull=False)
    assert workflow.name == "发布审核"
    task = GroupApprovalTask.objects.get(workflow_tasks__workflow=workflow)
    assert set(task.groups.values_list("name", flat=True)) == {"reviewer", "officer"}
    assert draft().get_workflow().name == "发布审核"


def test_a_publicist_hands_in_and_a_reviewer_publishes(tenant_a: Any, client_for: Any) -> None:
    page = draft()
    edit = f"/cms/pages/{page.pk}/edit/"
    form = client_for(tenant_a, "publicist").get(edit).context["form"]
    assert form is not None
    page.get_workflow().start(page, person("publicist"))

    state = page.current_workflow_task_state
    assert state.task.specific.get_actions(page, person("publicist")) == []
    state.approve(user=person("reviewer"))
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(
    ("role", "may_edit", "may_publish"),
    [
        ("officer", True, True),
        ("publicist", True, False),
        ("reviewer", True, True),
        ("community_worker", False, False),
        ("organisation_manager", False, False),
        ("school_manager", False, False),
        ("volunteer", False, False),
        ("newcomer", False, False),
    ],
)
def test_who_edits_and_who_publishes(tenant_a: Any, role: str, may_edit: bool, may_publish: bool) -> None:
    rights = draft().permissions_for_user(person(role))

    assert (rights.can_edit(), rights.can_publish()) == (may_edit, may_publish)


def test_a_publicist_who_asks_to_publish_leaves_a_draft(tenant_a: Any, client_for: Any) -> None:
    page = draft()
    data = {
        "title": "待审",
        "slug": "waiting",
        "kind": "notice",
        "date": "2026-01-01",
        "body-count": "0",
        "action-publish": "1",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    client_for(tenant_a, "publicist").post(f"/cms/pages/{page.pk}/edit/", data)

    assert not Page.objects.get(pk=page.pk).live


def test_another_tenants_officer_edits_nothing_here(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    page = draft()
    answer = client_for(tenant_b, "officer").get(f"/cms/pages/{page.pk}/edit/")

    assert "待审" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/cms/brands/", ["True", 'aria-label="Actions"']),
        ("/cms/pages/search/", ["None中", "None 中"]),
        ("/cms/images/", [">Root<"]),
        ("/cms/snippets/projects/project/", ["检查"]),
    ],
)
def test_the_admin_speaks_chinese_where_wagtail_does_not(
    tenant_a: Any, client_for: Any, path: str, words: list[str]
) -> None:
    make_shift(make_project())
    page = client_for(tenant_a, "officer").get(path)
    assert page.status_code == 200
    assert [word for word in words if word in page.content.decode()] == []
