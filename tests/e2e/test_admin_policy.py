"""The Wagtail admin does its work under a content policy without inline script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.cast import PASSWORD, person

OPEN = Callable[..., Any]


@pytest.fixture
def editor(committed_a: Any, client_for: Callable[..., Client]) -> Client:
    """Somebody who may do everything in the admin."""
    officer = person("officer")
    officer.is_superuser = True
    officer.save()
    return client_for(committed_a, "officer")


def policy_index() -> Page:
    return Page.objects.get(slug="policies")


def test_an_editor_writes_a_policy_with_dates_rich_text_choosers_and_rows(
    committed_a: Any, open_page: OPEN, editor: Client
) -> None:
    page = open_page(committed_a, f"/cms/pages/add/home/policypage/{policy_index().pk}/", client=editor)
    page.locator("#id_title").fill("关于试行的通知")

    page.locator("#id_formed_on").click()  # a date, from the calendar
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_date.xdsoft_current").first.click()
    page.wait_for_function("document.querySelector('#id_formed_on').value")

    page.locator("#id_attachments-ADD").click()  # a row that was not there, with a chooser that starts in it
    page.locator("#id_attachments-0-document-chooser [data-chooser-action-choose]").first.click()
    page.locator(".modal-dialog").wait_for(state="visible")
    page.locator(".modal-dialog button[data-dismiss=modal]").first.click()
    page.locator(".modal-dialog").wait_for(state="hidden")

    page.locator(".c-sf-add-button").first.click()  # rich text in a stream
    page.get_by_role("option", name="文字").click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("各社区：")
    page.keyboard.press("Control+b")
    page.keyboard.type("请遵照执行。")
    page.locator(".public-DraftEditor-content", has_text="各社区：请遵照执行。").first.wait_for()

    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("[data-w-preview-target=iframe], #w-preview-iframe").first
    frame.locator("h1").wait_for()
    # The draft saves itself as one writes and is refused until every required field is there.
    assert [fault for fault in page.faults if not fault.startswith("400: ")] == []


PLACES = [
    "/cms/",
    "/cms/pages/",
    "/cms/images/",
    "/cms/images/add/",
    "/cms/settings/core/siteidentity/",
    "/cms/settings/core/legalfooter/",
    "/cms/account/",
    "/cms/users/",
    "/cms/reports/site-history/",
    "/cms/certificate-designs/record/draft/",
]


def test_the_usual_places_of_the_admin_break_no_rule(committed_a: Any, open_page: OPEN, editor: Client) -> None:
    faults = {}
    for path in PLACES:
        page = open_page(committed_a, path, client=editor)
        page.wait_for_load_state("networkidle")
        if page.faults or page.locator("yl-start").count():
            faults[path] = [*page.faults, f"{page.locator('yl-start').count()} widgets did not start"]
        page.close()
    assert faults == {}


def test_an_officer_plans_a_shift_in_a_row_that_was_not_there(
    committed_a: Any, open_page: OPEN, client_for: Callable[..., Client]
) -> None:
    from portal.projects.models import Project

    add = f"/cms/snippets/{Project._meta.app_label}/{Project._meta.model_name}/add/"
    page = open_page(committed_a, add, client=client_for(committed_a, "officer"))
    rows = page.locator("#id_shifts-FORMS [data-inline-panel-child]")
    before = rows.count()
    page.locator("#id_shifts-ADD").click()
    rows.nth(before).wait_for()
    assert rows.count() == before + 1
    starts = page.locator(f"#id_shifts-{before}-starts_at")
    starts.click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_date.xdsoft_current").first.click()
    page.wait_for_function("name => document.getElementById(name).value", arg=f"id_shifts-{before}-starts_at")
    assert [fault for fault in page.faults if not fault.startswith("400: ")] == []


OPERATED = ["/operators/", "/operators/tenants/tenant/", "/operators/tenants/tenant/add/"]


def test_the_operators_admin_breaks_no_rule(committed_a: Any, open_page: OPEN) -> None:
    from django_tenants.utils import schema_context

    from portal.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    with schema_context("public"):
        user = User.objects.create_superuser("operator", "operator@example.org", PASSWORD, name="运维")
        client.force_login(user, backend="portal.accounts.backends.NameOrMobileBackend")
    faults = {}
    for path in OPERATED:
        page = open_page(None, path, client=client)
        page.wait_for_load_state("networkidle")
        assert page.url.endswith(path)
        if page.faults:
            faults[path] = page.faults
    assert faults == {}
