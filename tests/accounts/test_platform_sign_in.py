"""Operators of the platform sign in under the same rules as a site's staff."""

from typing import Any

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.models import User

PASSWORD = "Plum-blossom-7"


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("root", "root@example.org", PASSWORD, name="运维示例")


def _sign_in(client: Client, password: str = PASSWORD) -> Any:
    return client.post("/accounts/sign-in/", {"username": "root", "password": password})


def test_an_operator_lands_in_the_operators_admin(operator: User, platform_client: Client) -> None:
    assert _sign_in(platform_client).url == "/operators/"
    assert platform_client.get("/operators/").status_code == 200


def test_failures_are_counted_on_the_platform_too_and_the_admin_has_no_door_of_its_own(
    operator: User, platform_client: Client
) -> None:
    assert platform_client.get("/operators/login/").url.startswith("/accounts/sign-in/")
    codes = [_sign_in(platform_client, "wrong").status_code for _attempt in range(5)]

    assert codes == [200, 200, 200, 200, 429]


def test_the_second_factor_stands_before_the_operators_admin(
    operator: User, platform_client: Client, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    _sign_in(platform_client)

    assert platform_client.get("/operators/").url == "/accounts/second-factor/?next=/operators/"
    page = platform_client.get("/accounts/second-factor/set-up/?next=/operators/")
    assert page.status_code == 200
    assert platform_client.get("/accounts/second-factor/qr.svg").status_code == 200
    device = TOTPDevice.objects.get(user=operator)
    platform_client.post("/accounts/second-factor/set-up/", {"code": f"{totp(device.bin_key):06d}"})
    assert platform_client.get("/operators/").status_code == 200


def test_the_idle_clock_runs_for_operators(operator: User, platform_client: Client) -> None:
    _sign_in(platform_client)

    assert platform_client.session.get_expiry_age() == 1800


def test_a_tenants_account_does_not_open_the_platform(tenant_a: Any, platform_client: Client) -> None:
    data = {"username": "officer", "password": "Chrysanthemum-9"}

    assert platform_client.post("/accounts/sign-in/", data).status_code == 200
    assert platform_client.get("/operators/").status_code == 302
