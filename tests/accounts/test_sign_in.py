"""Signing in by user name or mobile number, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import PASSWORD
from tests.factories.people import make_user

SIGN_IN = "/accounts/sign-in/"


def _try(client: Client, username: str, password: str, **extra: Any) -> Any:
    return client.post(SIGN_IN, {"username": username, "password": password, **extra})


@pytest.fixture
def wang(tenant_a: Any) -> Any:
    """A volunteer with a mobile number."""
    return make_user("volunteer", username="wang", mobile="13812345678", password=PASSWORD)


@pytest.mark.parametrize(
    "typed", ["wang", " wang ", "13812345678", "138 1234 5678", "+86-138-1234-5678", "１３８12345678"]
)
def test_user_name_and_mobile_number_lead_in_however_written(
    tenant_a: Any, wang: Any, client_for: Callable[..., Client], typed: str
) -> None:
    client = client_for(tenant_a)

    response = _try(client, typed, PASSWORD)

    assert (response.status_code, response.url) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(wang.pk)


def test_a_user_name_that_looks_like_a_number_stands_in_nobodys_way(
    tenant_a: Any, wang: Any, client_for: Callable[..., Client]
) -> None:
    make_user(username="13812345678", password="Another-person-1")
    client = client_for(tenant_a)

    assert _try(client, "13812345678", PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(wang.pk)


def test_an_unknown_name_a_wrong_password_and_a_closed_account_read_the_same(
    tenant_a: Any, wang: Any, client_for: Callable[..., Client]
) -> None:
    make_user(username="gone", password=PASSWORD, is_active=False)
    pages = [
        _try(client_for(tenant_a), username, password)
        for username, password in [
            ("wang", "wrong"),
            ("nobody", "wrong"),
            ("13999999999", PASSWORD),
            ("gone", PASSWORD),
        ]
    ]

    messages = {str(page.context["form"].non_field_errors()) for page in pages}
    assert {page.status_code for page in pages} == {200}
    assert len(messages) == 1
    assert "对不上" in messages.pop()


def test_an_unknown_name_costs_one_password_hash_like_a_known_one(
    tenant_a: Any, wang: Any, client_for: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    encode = MD5PasswordHasher.encode
    hashed: list[str] = []

    def count(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    counts = []
    for username in ("wang", "nobody", "13999999999"):
        hashed.clear()
        _try(client_for(tenant_a), username, "wrong")
        counts.append(len(hashed))

    assert counts == [1, 1, 1]


def test_signing_in_changes_the_session_key(tenant_a: Any, wang: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a)
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key

    _try(client, "wang", PASSWORD)

    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_nobody_is_led_to_a_foreign_site(
    tenant_a: Any, wang: Any, client_for: Callable[..., Client], wanted: str
) -> None:
    assert _try(client_for(tenant_a), "wang", PASSWORD, next=wanted).url == "/desk/"


def test_one_comes_back_to_where_one_was(tenant_a: Any, wang: Any, client_for: Callable[..., Client]) -> None:
    response = _try(client_for(tenant_a), "wang", PASSWORD, next="/projects/2026000001/?shift=3")

    assert response.url == "/projects/2026000001/?shift=3"


def test_staff_land_in_the_admin_and_wagtails_own_login_leads_here(
    tenant_a: Any, client_for: Callable[..., Client]
) -> None:
    client = client_for(tenant_a)

    assert client.get("/cms/").url == "/accounts/sign-in/?next=/cms/"
    assert client.get("/cms/login/?next=/cms/images/").url == "/accounts/sign-in/?next=/cms/images/"
    assert _try(client, "officer", PASSWORD).url == "/cms/"
    assert client.get("/cms/").status_code == 200
    assert client.get(SIGN_IN).url == "/cms/"


def test_a_neighbours_account_does_not_open_this_site(
    tenant_a: Any, tenant_b: Any, wang: Any, client_for: Callable[..., Client]
) -> None:
    there = client_for(tenant_b)

    assert _try(there, "wang", PASSWORD).status_code == 200
    assert "_auth_user_id" not in there.session


def test_a_session_of_one_site_is_nothing_at_another(
    tenant_a: Any, tenant_b: Any, client_for: Callable[..., Client]
) -> None:
    here = client_for(tenant_a, "officer")
    there = client_for(tenant_b)
    there.cookies["sessionid"] = here.cookies["sessionid"].value

    assert there.get("/cms/").url == "/accounts/sign-in/?next=/cms/"


def test_only_a_post_signs_out(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a, "officer")

    assert client.get("/accounts/sign-out/").url == "/"
    assert client.get("/cms/").status_code == 200
    assert client.post("/accounts/sign-out/").url == "/"
    assert "已退出登录" in client.get(SIGN_IN).content.decode()
    assert client.get("/cms/").status_code == 302


def test_the_page_says_what_is_missing(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    response = _try(client_for(tenant_a), "", "")

    assert set(response.context["form"].errors) == {"username", "password"}


@pytest.mark.parametrize("who", ["volunteer", "newcomer", "organisation_manager"])
def test_whoever_may_not_enter_the_admin_is_told_so_and_not_sent_in_circles(
    tenant_a: Any, client_for: Callable[..., Client], who: str
) -> None:
    response = client_for(tenant_a, who).get("/cms/", follow=True)

    assert (response.status_code, response.request["PATH_INFO"]) == (403, SIGN_IN)
