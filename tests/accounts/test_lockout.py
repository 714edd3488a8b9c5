"""Five failures lock a person from one address, for half an hour."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client

from tests.cast import PASSWORD
from tests.factories.people import make_user

pytestmark = pytest.mark.usefixtures("still")
SIGN_IN = "/accounts/sign-in/"


def _try(client: Client, username: str, password: str = "wrong", ip: str = "10.0.0.1") -> Any:
    return client.post(SIGN_IN, {"username": username, "password": password}, REMOTE_ADDR=ip)


@pytest.fixture
def client(tenant_a: Any, client_for: Callable[..., Client]) -> Client:
    make_user("volunteer", username="wang", mobile="13812345678", email="wang@example.org", password=PASSWORD)
    return client_for(tenant_a)


def test_the_fifth_failure_locks_and_says_for_how_long(client: Client) -> None:
    codes = [_try(client, "wang").status_code for _attempt in range(5)]
    locked = _try(client, "wang", PASSWORD)

    assert codes == [200, 200, 200, 200, 429]
    assert locked.status_code == 429
    assert "请等30分钟" in locked.content.decode()
    assert locked.headers["Retry-After"] == "1800"


def test_user_name_and_mobile_are_counted_together(client: Client) -> None:
    codes = [_try(client, typed).status_code for typed in ("wang", "13812345678", "wang", "138-1234-5678", " wang")]

    assert codes == [200, 200, 200, 200, 429]


def test_an_attacker_elsewhere_does_not_lock_the_owner_out(client: Client) -> None:
    for _attempt in range(6):
        _try(client, "wang", ip="10.6.6.6")

    assert _try(client, "wang", PASSWORD, ip="10.0.0.1").status_code == 302


def test_a_success_forgets_the_failures(client: Client) -> None:
    for _attempt in range(4):
        _try(client, "wang")
    _try(client, "wang", PASSWORD)
    client.post("/accounts/sign-out/", REMOTE_ADDR="10.0.0.1")

    assert [_try(client, "wang").status_code for _attempt in range(4)] == [200] * 4


def test_half_an_hour_later_the_door_opens(client: Client) -> None:
    for _attempt in range(6):
        _try(client, "wang")
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=31))

    assert _try(client, "wang", PASSWORD).status_code == 302


def test_knocking_while_locked_does_not_lengthen_the_wait(client: Client) -> None:
    for _attempt in range(5):
        _try(client, "wang")
    before = AccessAttempt.objects.get().attempt_time
    _try(client, "wang")

    assert AccessAttempt.objects.get().attempt_time == before


def test_unknown_names_are_locked_alike(client: Client) -> None:
    assert [_try(client, "nobody").status_code for _attempt in range(5)] == [200, 200, 200, 200, 429]


def test_what_is_kept_of_a_failure_holds_no_personal_data(client: Client) -> None:
    _try(client, "13812345678", "Secret-pass-1")
    _try(client, "13912345678", "Secret-pass-1")

    kept = "\n".join(str(vars(attempt)) for attempt in AccessAttempt.objects.all())
    assert "user:" in kept
    assert not any(text in kept for text in ("13812345678", "13912345678", "wang", "Secret-pass-1"))
