"""Signing keys in the operators' admin: an operator makes, rotates and revokes them, and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django_tenants.utils import schema_context, tenant_context

from certificates.domain import rotate_key
from certificates.enums import KeyState, KeyUse
from certificates.models import SigningKey
from portal.accounts.models import User
from tests.cast import PASSWORD, ROLES
from tests.confirming import confirmed
from tests.factories.certificates import make_issued, make_key

BACKEND = "portal.accounts.backends.NameOrMobileBackend"


def page_of(tenant: Any) -> str:
    return f"/operators/tenants/tenant/{tenant.pk}/about/keys/"


def signed_in(client: Client, **fields: Any) -> Client:
    """The platform's client as a new account of the platform."""
    with schema_context("public"):
        user = User.objects.create_user("operator", "operator@example.org", PASSWORD, name="运维", **fields)
        client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def operator(platform_client: Client) -> Client:
    return signed_in(platform_client, is_staff=True, is_superuser=True)


def states(tenant: Any) -> list[str]:
    with tenant_context(tenant):
        return [str(state) for state in SigningKey.objects.order_by("pk").values_list("state", flat=True)]


def active(tenant: Any, use: Any = KeyUse.SEAL) -> SigningKey:
    with tenant_context(tenant):
        key: SigningKey = SigningKey.objects.get(use=use, state=KeyState.ACTIVE)
        return key


def test_an_operator_makes_rotates_and_revokes_and_all_of_it_is_logged(
    operator: Client, tenant_a: Any, tenant_b: Any
) -> None:
    page = page_of(tenant_a)
    assert "没有在用的密钥" in operator.get(page).content.decode()
    made = operator.post(page, {"do": "create", "use": "seal", "days": 365}, follow=True)
    assert "密钥已启用" in made.content.decode()
    first = active(tenant_a)
    rotating = {"do": "rotate", "use": "seal", "days": 730, "key": first.fingerprint}
    asked = operator.post(page, rotating)
    told = ("私钥销毁", "从前签的仍有效", "有效期730天", f'class="closelink" href="{page}"')
    assert ([text for text in told if text not in asked.text], states(tenant_a)) == ([], ["active"])
    confirmed(operator, page, rotating)
    second = active(tenant_a)
    revoking = {"do": "revoke", "key": first.fingerprint, "reason": "旧密钥的备份找不到了"}
    # What was read of a key in use answers nothing about one that was rotated meanwhile.
    asked = operator.post(page, {**revoking, "confirmed": "revoke-active"})
    told = ("不能恢复", "旧密钥的备份找不到了", "只凭签章不能再采信", "早已换下")
    assert ([text for text in told if text not in asked.text], states(tenant_a)) == ([], ["retired", "active"])
    confirmed(operator, page, revoking)
    assert "旧密钥的备份找不到了" in operator.get(page).content.decode()
    assert (states(tenant_a), states(tenant_b)) == (["revoked", "active"], [])
    assert (second.created_by, (second.valid_until - second.valid_from).days) == ("operator", 730)
    with schema_context("public"):
        logged = [entry.change_message for entry in LogEntry.objects.order_by("pk")]
    assert logged == [
        f"启用签章密钥 {first.fingerprint}",
        f"换新签章密钥 {second.fingerprint}",
        f"撤销签章密钥 {first.fingerprint} 旧密钥的备份找不到了",
    ]


def test_keys_of_credentials_are_made_beside_those_of_seals(operator: Client, tenant_a: Any) -> None:
    seal, page = make_key(), page_of(tenant_a)
    operator.post(page, {"do": "create", "use": "credential", "days": 365})
    first = active(tenant_a, KeyUse.CREDENTIAL)
    confirmed(operator, page, {"do": "rotate", "use": "credential", "days": 365, "key": first.fingerprint})
    second = active(tenant_a, KeyUse.CREDENTIAL)
    revoking = {"do": "revoke", "key": second.fingerprint, "reason": "试验"}
    assert "启用新密钥以前，电子凭证不能下载" in operator.post(page, revoking).text
    confirmed(operator, page, revoking)
    assert states(tenant_a) == ["active", "retired", "revoked"]
    assert operator.post(page, {"do": "create", "use": "other", "days": 365}).status_code == 200
    with schema_context("public"):
        logged = [entry.change_message for entry in LogEntry.objects.order_by("pk")]
    assert logged == [
        f"启用电子凭证密钥 {first.fingerprint}",
        f"换新电子凭证密钥 {second.fingerprint}",
        f"撤销电子凭证密钥 {second.fingerprint} 试验",
    ]
    assert seal.fingerprint in operator.get(page).text


def test_the_page_of_the_site_leads_to_its_keys_which_say_what_they_sealed(operator: Client, tenant_a: Any) -> None:
    key = make_key()
    make_issued()
    site = operator.get(f"/operators/tenants/tenant/{tenant_a.pk}/change/").content.decode()
    page = operator.get(page_of(tenant_a)).content.decode()
    assert page_of(tenant_a) in site
    assert (key.fingerprint in page, "签过1张" in page, "PRIVATE KEY" in page) == (True, True, False)


def test_the_key_in_use_stands_first(operator: Client, tenant_a: Any) -> None:
    first = make_key()
    second = rotate_key(first, days=365, rotated_by="operator")
    page = operator.get(page_of(tenant_a)).content.decode()
    assert page.index(f"在用：{second.fingerprint}") < page.index(f"已换下：{first.fingerprint}")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"do": "create", "days": "365"}, "已有一个在用的密钥"),
        ({"do": "rotate", "days": "0"}, "不能小于1。"),
        ({"do": "rotate", "days": "9999"}, "不能大于3660。"),
        ({"do": "revoke", "reason": "  "}, "这一项还没有填"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    operator: Client, tenant_a: Any, data: dict[str, str], says: str
) -> None:
    key = make_key()
    answer = operator.post(page_of(tenant_a), {"use": "seal", "key": key.fingerprint, **data})
    assert (answer.status_code, says in answer.content.decode(), states(tenant_a)) == (200, True, ["active"])


def test_a_page_left_open_does_not_rotate_twice(operator: Client, tenant_a: Any) -> None:
    key = make_key()
    twice = {"do": "rotate", "use": "seal", "days": 365, "key": key.fingerprint}
    confirmed(operator, page_of(tenant_a), twice)
    answer = confirmed(operator, page_of(tenant_a), twice)
    assert ("已换下" in answer.content.decode(), states(tenant_a)) == (True, ["retired", "active"])


def test_another_sites_key_cannot_be_touched_from_this_sites_page(
    operator: Client, tenant_a: Any, tenant_b: Any
) -> None:
    with tenant_context(tenant_b):
        theirs = make_key()
    make_key()
    confirmed(operator, page_of(tenant_a), {"do": "revoke", "key": theirs.fingerprint, "reason": "弄错了"})
    assert (states(tenant_a), states(tenant_b)) == (["active"], ["active"])


def test_looking_changes_nothing_and_unknown_acts_are_not_found(operator: Client, tenant_a: Any) -> None:
    key = make_key()
    operator.get(page_of(tenant_a), {"do": "revoke", "key": key.fingerprint, "reason": "链接"})
    assert operator.post(page_of(tenant_a), {"do": "export", "key": key.fingerprint}).status_code == 404
    assert states(tenant_a) == ["active"]


def test_nobody_on_a_sites_own_host_comes_near(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    key = make_key()
    data = {"do": "revoke", "key": key.fingerprint, "reason": "越权", "confirmed": "revoke-active"}
    answers = {
        (client.get(page_of(tenant_a)).status_code, client.post(page_of(tenant_a), data).status_code)
        for client in [client_for(tenant_a, role) for role in ["", "newcomer", *ROLES]]
    }
    assert (answers, states(tenant_a)) == ({(404, 404)}, ["active"])


@pytest.mark.parametrize(
    ("fields", "permission", "status"),
    [
        (None, "", 302),
        ({}, "", 302),
        ({"is_staff": True}, "", 403),
        ({"is_staff": True}, "view_tenant", 403),
        ({"is_staff": True}, "change_tenant", 200),
    ],
)
def test_on_the_platform_only_who_may_change_the_site_gets_in(
    platform_client: Client, tenant_a: Any, fields: dict[str, Any] | None, permission: str, status: int
) -> None:
    key = make_key()
    if fields is not None:
        signed_in(platform_client, **fields)
        with schema_context("public"):
            User.objects.get().user_permissions.set(Permission.objects.filter(codename=permission))
    page = page_of(tenant_a)
    asked = platform_client.get(page)
    confirmed(platform_client, page, {"do": "revoke", "key": key.fingerprint, "reason": "试试"})
    assert (asked.status_code, states(tenant_a)) == (status, ["revoked" if status == 200 else "active"])
