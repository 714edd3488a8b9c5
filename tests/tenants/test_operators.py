"""The operators' admin: signs in, makes sites, moves them, shows what failed."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import schema_exists, tenant_context

from portal.accounts.models import User
from tenants.domain import create_tenant, pause_tenant
from tenants.models import Domain, SchemaTemplate, Tenant
from tests.cast import PASSWORD

BACKEND = "portal.accounts.backends.NameOrMobileBackend"
LIST = "/operators/tenants/tenant/"


@pytest.fixture
def operator(platform_client: Client) -> Client:
    """Somebody whom `createsuperuser` made, signed in at the platform."""
    User.objects.create_superuser("operator", "operator@example.org", PASSWORD, name="运维")
    platform_client.force_login(User.objects.get(), backend=BACKEND)
    return platform_client


def _row(division: str) -> Any:
    return Tenant.objects.get(division_code=division)


@pytest.mark.usefixtures("db")
def test_a_stranger_is_led_to_the_sign_in_and_locked_out_after_five_failures(platform_client: Client) -> None:
    User.objects.create_superuser("operator", "operator@example.org", PASSWORD, name="运维")
    asked = platform_client.get(LIST)
    assert (asked.status_code, asked.headers["Location"]) == (
        302,
        f"/operators/login/?next={LIST}",
    )
    assert platform_client.get(f"/operators/login/?next={LIST}").headers["Location"].startswith("/accounts/sign-in/")
    for _ in range(5):
        platform_client.post("/accounts/sign-in/", {"username": "operator", "password": "wrong"})
    right = platform_client.post("/accounts/sign-in/", {"username": "operator", "password": PASSWORD})
    assert right.status_code == 429


@pytest.mark.usefixtures("db")
def test_an_account_without_the_right_is_refused(platform_client: Client) -> None:
    User.objects.create_user("guest", "guest@example.org", PASSWORD, name="访客")
    platform_client.force_login(User.objects.get(), backend=BACKEND)
    assert platform_client.get(LIST, follow=True).status_code == 403


def test_the_operators_admin_is_on_the_platform_host_only(tenant_a: Any, client_for: Any) -> None:
    assert client_for(tenant_a, "officer").get("/operators/").status_code == 404


def test_every_page_of_the_admin_opens(operator: Client, tenant_a: Any) -> None:
    for page in ("", "tenants/tenant/", "tenants/tenant/add/", f"tenants/tenant/{tenant_a.pk}/change/",
                 "tenants/clockjob/", "tenants/worker/", "django_tasks_database/dbtaskresult/"):  # fmt: skip
        response = operator.get(f"/operators/{page}")
        assert response.status_code == 200, page
    assert "天津市和平区" in operator.get(LIST).content.decode()
    assert "银龄</a>" not in operator.get(LIST).content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_of_sites_costs_the_same_for_two_and_for_four(
    operator: Client, more: int, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        create_tenant(division=f"12010{number + 3}", domain=f"place{number}.localhost")
    operator.get(LIST)
    with django_assert_num_queries(9):
        assert operator.get(LIST).status_code == 200


def test_a_site_is_made_in_the_admin(operator: Client) -> None:
    response = operator.post(f"{LIST}add/", {"division": "120103", "domain": "HEXI.localhost", "name": ""})
    assert response.status_code == 302
    tenant = _row("120103")
    assert (tenant.name, tenant.schema_name) == ("天津市河西区", "t_120103")
    assert Client(SERVER_NAME="hexi.localhost").get("/accounts/sign-in/").status_code == 200
    assert LogEntry.objects.get().object_repr == "天津市河西区"


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"division": "120101", "domain": "x.localhost"}, "division", "120101"),
        ({"division": "", "domain": "x.localhost"}, "division", "这一项还没有填"),
        ({"division": "120103", "domain": "nanning.localhost"}, "domain", "已经属于"),
        ({"division": "120103", "domain": "http://x"}, "domain", "不是有效的域名"),
        ({"division": "120103", "domain": ""}, "domain", "这一项还没有填"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(
    operator: Client, data: dict[str, str], field: str, message: str
) -> None:
    before = Tenant.objects.count()
    response = operator.post(f"{LIST}add/", data)
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert list(form.errors) == [field]
    assert message in str(form.errors[field])
    assert Tenant.objects.count() == before


def test_a_stale_template_is_named_and_not_used(operator: Client) -> None:
    SchemaTemplate.objects.update(fingerprint="0" * 64)
    response = operator.post(f"{LIST}add/", {"division": "120103", "domain": "hexi.localhost"})
    assert "build_template" in response.content.decode()
    assert not schema_exists("t_120103")


def test_a_site_is_paused_reopened_archived_and_deleted_by_its_typed_name(operator: Client, tenant_b: Any) -> None:
    pk, page = tenant_b.pk, f"{LIST}{tenant_b.pk}/act"
    operator.post(f"{page}/pause/", {"reason": "搬家"})
    assert (_row("450100").state, _row("450100").state_reason) == ("paused", "搬家")
    operator.post(f"{page}/reopen/")
    assert _row("450100").state == "active"
    refused = operator.post(f"{page}/delete/", {"typed_name": tenant_b.name})
    assert "请先暂停或归档" in refused.content.decode()
    operator.post(f"{page}/pause/", {"reason": ""})
    operator.post(f"{page}/archive/", {"reason": ""})
    assert operator.get(f"{LIST}{pk}/delete/").headers["Location"] == f"{page}/delete/"
    mistyped = operator.post(f"{page}/delete/", {"typed_name": "南宁"})
    assert list(mistyped.context["form"].errors) == ["typed_name"]
    operator.post(f"{page}/delete/", {"typed_name": tenant_b.name})
    assert not schema_exists("t_450100")
    assert operator.get(f"{page}/pause/").status_code == 404


def test_nobody_deletes_or_moves_by_asking(operator: Client, tenant_b: Any) -> None:
    for name in ("pause", "archive", "reopen", "delete"):
        assert operator.get(f"{LIST}{tenant_b.pk}/act/{name}/").status_code == 200
    assert _row("450100").state == "active"
    platform = Tenant.objects.get(schema_name="public")
    assert operator.get(f"{LIST}{platform.pk}/act/pause/").status_code == 404


def _domains(tenant: Any, *rows: dict[str, Any], initial: int) -> dict[str, Any]:
    data = {"name": tenant.name, "short_name": tenant.short_name, "parent": "",
            "domains-TOTAL_FORMS": len(rows), "domains-INITIAL_FORMS": initial}  # fmt: skip
    for number, row in enumerate(rows):
        data |= {f"domains-{number}-{name}": value for name, value in row.items()}
    return data


def test_host_names_are_edited_beside_the_site(operator: Client, tenant_b: Any) -> None:
    old = Domain.objects.get(tenant=tenant_b)
    change = f"{LIST}{tenant_b.pk}/change/"
    keep = {"id": old.pk, "tenant": tenant_b.pk, "is_primary": "on"}
    two = {"domain": "nn.localhost", "is_primary": "on", "tenant": tenant_b.pk}

    both = operator.post(change, _domains(tenant_b, keep, two, initial=1))
    assert "也只能有一个主域名" in both.content.decode()
    taken = operator.post(change, _domains(tenant_b, keep, {**two, "domain": "localhost", "is_primary": ""}, initial=1))
    assert "已经属于银龄" in taken.content.decode()
    swap = operator.post(
        change, _domains(tenant_b, {"id": old.pk, "tenant": tenant_b.pk, "DELETE": "on"}, two, initial=1)
    )
    assert swap.status_code == 302
    assert [(row.domain, row.is_primary) for row in tenant_b.domains.all()] == [("nn.localhost", True)]


def test_a_failed_task_is_shown_with_its_site_and_run_again(operator: Client, tenant_b: Any) -> None:
    row = DBTaskResult.objects.create(
        args_kwargs={"args": [7], "kwargs": {"_schema": tenant_b.schema_name, "_attempt": 2}},
        task_path="portal.notices.tasks.send", backend_name="default", status="FAILED",
        run_after="2026-01-01T00:00Z", exception_class_path="smtplib.SMTPException", traceback="Trace <b>",
        worker_ids=["one"],
    )  # fmt: skip
    page = operator.get("/operators/django_tasks_database/dbtaskresult/?status__exact=FAILED").content.decode()
    assert "t_450100" in page
    assert "SMTPException" in page
    detail = operator.get(f"/operators/django_tasks_database/dbtaskresult/{row.pk}/change/").content.decode()
    assert "Trace &lt;b&gt;" in detail

    operator.post(
        "/operators/django_tasks_database/dbtaskresult/", {"action": "retry", "_selected_action": [str(row.pk)]}
    )

    row.refresh_from_db()
    assert (row.status, row.worker_ids, row.traceback) == ("READY", [], "")


def test_a_closed_site_says_so_in_the_admin_and_offers_what_its_state_allows(operator: Client, tenant_b: Any) -> None:
    pause_tenant(tenant_b, reason="")
    page = operator.get(f"{LIST}{tenant_b.pk}/change/").content.decode()
    assert ("恢复站点" in page, "归档站点" in page, "彻底删除站点" in page, "暂停站点" in page) == (
        True,
        True,
        True,
        False,
    )
    with tenant_context(tenant_b):
        assert f"账号 {User.objects.count()}" in page


def test_the_lists_of_models_are_headed_in_chinese(operator: Client) -> None:
    page = operator.get("/operators/").content.decode()
    assert [word for word in ("Model name", "Add link", "Change or view") if word in page] == []
    assert ">类别</th>" in page
