"""What went wrong is said in Chinese, with the right status code, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client

from tenants.enums import TenantState

ClientFor = Callable[..., Client]
SEEN = "portal.core.views.accessibility"
EVIL = "<script>alert(1)</script>"


def failing(client: Client, error: Exception, **options: Any) -> Any:
    """The answer when a view raises `error`."""
    with mock.patch("portal.core.views.render", side_effect=error):
        return client.get("/accessibility/", **options)


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (SuspiciousOperation(), 400, "这个请求我们读不懂"),
        (PermissionDenied(), 403, "您没有打开这一页的权限"),
        (RuntimeError("secret detail"), 500, "我们这边出了错"),
    ],
)
def test_each_failure_has_its_page(
    error: Exception, status: int, title: str, tenant_a: Any, client_for: ClientFor
) -> None:
    response = failing(client_for(tenant_a, raise_request_exception=False), error)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert "secret detail" not in page


def test_an_unknown_address_is_a_404_on_the_tenant_and_on_the_platform(
    tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    for client in (client_for(tenant_a), platform_client):
        response = client.get(f"/{EVIL}/")
        assert response.status_code == 404
        assert "<h1>没有这一页</h1>" in response.content.decode()
        assert EVIL not in response.content.decode()


def test_the_page_for_our_own_faults_reads_nothing_from_the_database(
    tenant_a: Any, django_assert_num_queries: Any
) -> None:
    from django.test import RequestFactory

    from portal.core import failures

    with django_assert_num_queries(0):
        assert failures.server_error(RequestFactory().get("/")).status_code == 500


def test_ten_megabytes_of_text_are_a_413(tenant_a: Any, client_for: ClientFor) -> None:
    response = client_for(tenant_a).post("/elder/", {"mode": "x" * 10_000_000})
    assert response.status_code == 413
    assert "<h1>发来的内容太大了</h1>" in response.content.decode()


def test_a_paused_site_says_so_with_503(tenant_a: Any, client_for: ClientFor) -> None:
    from django.db import connection
    from django_tenants.utils import schema_context

    with schema_context("public"):
        type(tenant_a).objects.filter(pk=tenant_a.pk).update(state=TenantState.PAUSED)
    response = client_for(tenant_a).get("/")
    assert response.status_code == 503
    assert f"{tenant_a.name}站点暂停服务" in response.content.decode()
    assert "Content-Security-Policy" in response
    connection.set_tenant(tenant_a)


def test_an_unknown_host_is_an_honest_404(db: None) -> None:
    response = Client(SERVER_NAME="nobody.localhost").get("/")
    assert response.status_code == 404
    assert "没有这个站点" in response.content.decode()


def expired(client: Client, **headers: str) -> Any:
    typed = {"name": EVIL, "kinds": ["a", "b"], "password": "hunter2", "csrfmiddlewaretoken": "old"}
    return client.post("/accounts/sign-in/?next=/desk/", typed, headers=headers)


def test_an_expired_form_hands_back_what_was_typed_but_no_password(tenant_a: Any, client_for: ClientFor) -> None:
    response = expired(client_for(tenant_a, enforce_csrf_checks=True), sec_fetch_site="same-origin")
    page = response.content.decode()
    assert response.status_code == 403
    assert "页面已过期，请重新提交" in page
    assert page.count('<input type="hidden" name="kinds"') == 2
    assert 'action="/accounts/sign-in/?next=/desk/"' in page
    assert EVIL not in page
    assert "hunter2" not in page
    assert "密码没有保留" in page


@pytest.mark.parametrize(
    "headers",
    [{"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}, {"origin": "https://evil.example"}, {}],
)
def test_a_form_sent_from_elsewhere_gets_no_button_to_do_it_after_all(
    headers: dict[str, str], tenant_a: Any, client_for: ClientFor
) -> None:
    response = expired(client_for(tenant_a, enforce_csrf_checks=True), **headers)
    assert response.status_code == 403
    assert 'name="kinds"' not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/%00", "/stories/%00/", "/certificates/shared/%00/", "/certificates/check/%00/", "/desk/certificates/%00/pdf/"],
)
def test_an_address_with_a_nul_byte_is_not_found(tenant_a: Any, client_for: Any, path: str) -> None:
    assert client_for(tenant_a, "volunteer").get(path).status_code == 404
