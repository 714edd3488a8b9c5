"""Passwords: what they must be, changing and resetting them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from portal.accounts.models import ResetRequest, User
from tests.cast import PASSWORD, person
from tests.factories.people import make_user
from tests.tasks import run_queued

RESET = "/accounts/password/reset/"


@pytest.mark.parametrize("good", ["Plum7blossom", "plum-blossom-7", "PLUM-BLOSSOM-7", "梅花Blossom7", "Aa1!aaaa"])
def test_eight_characters_of_three_classes_will_do(good: str) -> None:
    validate_password(good, user=User(username="wang", name="王示例"))


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("Pb7-", "还差4位：密码至少8位"),
        ("plumblossom", "只用了1类字符"),
        ("plumblossom7", "只用了2类字符"),
        ("Wangxiaoming-1", "相似"),
        ("P@ssw0rd", "常见"),
    ],
)
def test_a_weak_password_is_told_why(bad: str, words: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(bad, user=User(username="wangxiaoming1", name="王示例", email="w@example.org"))
    assert words in "".join(refusal.value.messages)


def test_the_mobile_number_is_no_password() -> None:
    with pytest.raises(ValidationError):
        validate_password("Aa-13812345678", user=User(username="w", mobile="13812345678"))


def test_changing_needs_the_old_one_and_signs_out_elsewhere(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    here, elsewhere = client_for(tenant_a, "volunteer"), client_for(tenant_a, "volunteer")
    new = {"new_password1": "Plum-blossom-7", "new_password2": "Plum-blossom-7"}

    wrong = here.post("/accounts/password/", {"old_password": "wrong", **new})
    assert list(wrong.context["form"].errors) == ["old_password"]
    assert here.post("/accounts/password/", {"old_password": PASSWORD, **new}).status_code == 302

    assert person("volunteer").check_password("Plum-blossom-7")
    assert here.get("/accounts/password/").status_code == 200
    assert elsewhere.get("/accounts/password/").url.startswith("/accounts/sign-in/")


def test_the_answer_does_not_tell_whose_address_it_is(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a)

    answers = [client.post(RESET, {"email": email}) for email in ("volunteer@example.org", "nobody@example.org")]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, f"{RESET}sent/")}
    assert mail.outbox == []
    run_queued()
    assert [message.to for message in mail.outbox] == [["volunteer@example.org"]]


def _link(client: Client, email: str) -> str:
    client.post(RESET, {"email": email})
    run_queued()
    return next(line.strip() for line in mail.outbox[-1].body.splitlines() if line.strip().startswith("http"))


def test_the_link_sets_a_new_password_once_and_opens_a_locked_door(
    tenant_a: Any, client_for: Callable[..., Client]
) -> None:
    client = client_for(tenant_a)
    for _attempt in range(5):
        client.post("/accounts/sign-in/", {"username": "volunteer", "password": "wrong"})
    link = _link(client, "volunteer@example.org")
    assert link.startswith(f"http://{tenant_a.host}")

    form = client.get(link, follow=True)
    new = {"new_password1": "Plum-blossom-7", "new_password2": "Plum-blossom-7"}
    assert client.post(form.request["PATH_INFO"], new).url == "/accounts/sign-in/"

    again = client_for(tenant_a).get(link, follow=True)
    assert "这个链接用不了了" in again.content.decode()
    signed_in = client.post("/accounts/sign-in/", {"username": "volunteer", "password": "Plum-blossom-7"})
    assert signed_in.status_code == 302


def test_a_link_of_one_site_is_nothing_at_another(
    tenant_a: Any, tenant_b: Any, client_for: Callable[..., Client]
) -> None:
    link = _link(client_for(tenant_a), "volunteer@example.org")

    page = client_for(tenant_b).get(link.partition("8000")[2] or link, follow=True)
    assert "这个链接用不了了" in page.content.decode()


def test_a_closed_account_gets_no_link(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    make_user(username="gone", email="gone@example.org", is_active=False)
    client_for(tenant_a).post(RESET, {"email": "gone@example.org"})

    run_queued()
    assert mail.outbox == []


@pytest.mark.usefixtures("still")
def test_links_are_mailed_three_times_an_hour_and_the_fourth_is_told_when(
    tenant_a: Any, tenant_b: Any, client_for: Callable[..., Client]
) -> None:
    client, asked = client_for(tenant_a), {"email": "volunteer@example.org"}
    for spelling in ("volunteer@example.org", "Volunteer@Example.org", " volunteer@example.org"):
        assert client.post(RESET, {"email": spelling}).status_code == 302
    refused = client.post(RESET, asked)
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert "一小时内已经要了3次链接，请等60分钟再试" in refused.content.decode()
    run_queued()
    assert len(mail.outbox) == 3
    assert client.post(RESET, {"email": "officer@example.org"}).status_code == 302

    ResetRequest.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert client.post(RESET, asked).status_code == 302
    assert client_for(tenant_b).post(RESET, asked).status_code == 302


def test_a_list_of_addresses_is_not_tried_out_from_one_place(
    tenant_a: Any, client_for: Callable[..., Client], settings: Any
) -> None:
    settings.PASSWORD_RESETS_PER_ADDRESS = 4
    client = client_for(tenant_a)
    answers = [client.post(RESET, {"email": f"n{number}@example.org"}).status_code for number in range(5)]
    assert answers == [302, 302, 302, 302, 429]
    assert client.post(RESET, {"email": "x@example.org"}, REMOTE_ADDR="10.0.0.9").status_code == 302
    ResetRequest.objects.update(at=timezone.now() - timedelta(days=2))
    client.post(RESET, {"email": "n0@example.org"})
    assert ResetRequest.objects.count() == 2
