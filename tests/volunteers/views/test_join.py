"""The registration page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from portal.accounts.models import User
from portal.volunteers.models import Volunteer
from tests.cast import person
from tests.factories.volunteers import make_volunteer

FORM = {
    "name": "李小梅",
    "mobile": "139 1234 5678",
    "birth_date": "1962-03-12",
    "password": "Chrysanthemum-9",
    "privacy_consent": "on",
}
ClientFor = Callable[..., Client]


def test_whoever_registers_is_signed_in_and_comes_back(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    response = client.post("/join/", {**FORM, "next": "/projects/"})
    assert (response.status_code, response.url) == (302, "/projects/")
    made = Volunteer.objects.get()
    assert (made.user.mobile, made.birth_date) == ("13912345678", "1962-03-12")
    assert client.get("/desk/").context["volunteer"] == made


def test_nobody_is_led_to_another_site(tenant_a: Any, client_for: ClientFor) -> None:
    response = client_for(tenant_a).post("/join/", {**FORM, "next": "https://example.org/"})
    assert response.url == "/desk/"


@pytest.mark.parametrize(
    ("over", "field", "words"),
    [
        ({"mobile": "1391234567"}, "mobile", "还差1位"),
        ({"birth_date": "abc"}, "birth_date", "1958-03-12"),
        ({"birth_date": "2024-01-01"}, "birth_date", "满10周岁"),
        ({"password": "12345678"}, "password", ""),
        ({"email": "x@"}, "email", "邮箱"),
        ({"id_number": "110101199003070012"}, "id_number", "18位"),
        ({"privacy_consent": ""}, "privacy_consent", "同意"),
        ({"name": ""}, "name", "还差姓名"),
        ({"division": "999999"}, "division", ""),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
    tenant_a: Any, client_for: ClientFor, over: dict[str, str], field: str, words: str
) -> None:
    response = client_for(tenant_a).post("/join/", {**FORM, **over})
    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]
    kept = {**FORM, **over}.get("name", "")
    assert f'value="{kept}"' in response.text or not kept
    assert "Chrysanthemum-9" not in response.text
    assert Volunteer.objects.count() == 0


def test_everything_that_is_wrong_is_said_at_once(tenant_a: Any, client_for: ClientFor) -> None:
    wrong = {"mobile": "1391234567", "birth_date": "2012-01-01", "password": "12345678", "id_number": "1", "name": ""}
    response = client_for(tenant_a).post("/join/", {**FORM, **wrong, "privacy_consent": ""})
    assert set(response.context["form"].errors) == {
        "name", "mobile", "password", "guardian_name", "guardian_mobile", "guardian_consent", "id_number",
        "privacy_consent",
    }  # fmt: skip


def test_a_number_that_is_taken_is_told_together_with_a_weak_password(tenant_a: Any, client_for: ClientFor) -> None:
    client_for(tenant_a).post("/join/", FORM)
    response = client_for(tenant_a).post("/join/", {**FORM, "password": "12345678"})
    assert list(response.context["form"].errors) == ["password", "mobile"]


def test_script_in_a_field_stays_text(tenant_a: Any, client_for: ClientFor) -> None:
    response = client_for(tenant_a).post("/join/", {**FORM, "name": "<script>alert(1)</script>", "mobile": "1"})
    assert "<script>alert" not in response.text


def test_the_second_registration_is_told_what_to_do(tenant_a: Any, client_for: ClientFor) -> None:
    client_for(tenant_a).post("/join/", FORM)
    response = client_for(tenant_a).post("/join/", {**FORM, "name": "别人"})
    assert response.status_code == 422
    assert "请直接登录" in response.context["form"].errors["mobile"][0]
    assert "李小梅" not in response.text
    assert Volunteer.objects.count() == 1


def test_staff_register_without_a_second_account(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a, "community_worker")
    assert list(client.get("/join/").context["form"].fields) == [
        "birth_date", "guardian_name", "guardian_mobile", "guardian_consent", "id_number", "division", "address",
        "privacy_consent",
    ]  # fmt: skip
    before = User.objects.count()
    client.post("/join/", {"birth_date": "1980-01-01", "privacy_consent": "on"})
    assert Volunteer.objects.get().user == person("community_worker")
    assert User.objects.count() == before
    assert client.get("/join/").url == "/desk/"


def test_a_form_without_its_token_is_handed_back(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a, enforce_csrf_checks=True)
    response = client.post("/join/", FORM)
    assert response.status_code == 403
    assert Volunteer.objects.count() == 0


def test_a_volunteer_of_one_site_is_unknown_at_another(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    make_volunteer("volunteer")
    assert client_for(tenant_a, "volunteer").get("/join/").url == "/desk/"
    assert client_for(tenant_b, "volunteer").get("/join/").status_code == 200
    with tenant_context(tenant_b):
        assert Volunteer.objects.count() == 0
