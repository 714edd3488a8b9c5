"""One's own data, masked, and what may be changed."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.factories.volunteers import make_volunteer

ClientFor = Callable[..., Client]


def test_nothing_is_shown_whole(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer(
        "volunteer", id_number="110101199003070011", birth_date="1990-03-07", address="示例路12号3门501",
        guardian_name="李建国", guardian_mobile="13700000001",
    )  # fmt: skip
    volunteer.user.mobile = "13812345678"
    volunteer.user.save()
    text = client_for(tenant_a, "volunteer").get("/desk/profile/").text
    hidden = ["110101199003070011", "1990-03-07", "3门501", "李建国", "13700000001", "13812345678"]
    assert [secret for secret in hidden if secret in text] == []
    assert "138****5678" in text


def test_an_empty_field_keeps_what_is_stored(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer", address="示例路12号")
    volunteer.user.mobile = "13812345678"
    volunteer.user.save()
    response = client_for(tenant_a, "volunteer").post("/desk/profile/", {"form": "contact", "email": "a@example.org"})
    assert response.status_code == 302
    volunteer = type(volunteer).objects.get()
    assert (volunteer.user.mobile, volunteer.user.email, volunteer.address) == (
        "13812345678", "a@example.org", "示例路12号",
    )  # fmt: skip


def test_a_taken_mobile_is_refused_and_nothing_changes(tenant_a: Any, client_for: ClientFor) -> None:
    make_volunteer(mobile="13912345678")
    mine = make_volunteer("volunteer")
    response = client_for(tenant_a, "volunteer").post(
        "/desk/profile/", {"form": "contact", "mobile": "13912345678", "address": "新地址"}
    )
    assert response.status_code == 422
    assert list(response.context["contact"].errors) == ["mobile"]
    assert type(mine).objects.get(pk=mine.pk).address == ""


def test_an_identity_number_is_given_once(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer", birth_date="1990-03-07")
    client = client_for(tenant_a, "volunteer")
    wrong = client.post("/desk/profile/", {"form": "contact", "id_number": "110101199003070012"})
    assert list(wrong.context["contact"].errors) == ["id_number"]
    client.post("/desk/profile/", {"form": "contact", "id_number": "110101199003070011"})
    client.post("/desk/profile/", {"form": "contact", "id_number": "110101199103070018"})
    volunteer.refresh_from_db()
    assert volunteer.id_number == "110101199003070011"


def test_a_guardian_consents_later(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer", birth_date="2012-01-01")
    client = client_for(tenant_a, "volunteer")
    (item,) = client.get("/desk/").context["waiting"]
    assert item.url == "/desk/profile/"
    refused = client.post("/desk/profile/", {"form": "guardian", "guardian_name": "李建国"})
    assert list(refused.context["guardian"].errors) == ["guardian_mobile"]
    form = {"guardian_name": "李建国", "guardian_mobile": "13700000001", "guardian_consent": "on"}
    client.post("/desk/profile/", {"form": "guardian", **form})
    volunteer.refresh_from_db()
    assert volunteer.guardian_consented_at is not None
    assert client.get("/desk/").context["waiting"] == []


def test_who_is_no_volunteer_is_asked_to_register(tenant_a: Any, client_for: ClientFor) -> None:
    assert client_for(tenant_a, "officer").get("/desk/profile/").url == "/join/?next=%2Fdesk%2Fprofile%2F"
    assert client_for(tenant_a).get("/desk/profile/").url == "/accounts/sign-in/?next=/desk/profile/"
