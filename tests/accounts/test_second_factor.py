"""Staff show a code from their phone before they see anything of their work."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.domain.second_factor import check_code, forget_phone
from portal.accounts.errors import NotAllowed, WrongCode
from tests.cast import PASSWORD, ROLES, person

pytestmark = pytest.mark.usefixtures("still")
SET_UP = "/accounts/second-factor/set-up/"
VERIFY = "/accounts/second-factor/"
STAFF = {"officer", "publicist", "reviewer", "community_worker"}


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


def _code(device: TOTPDevice, *, step: int = 0) -> str:
    return f"{totp(device.bin_key, t0=-30 * step):06d}"


def _sign_in(client: Client, username: str = "officer", wanted: str = "") -> Any:
    return client.post("/accounts/sign-in/", {"username": username, "password": PASSWORD, "next": wanted})


def _set_up(client: Client) -> TOTPDevice:
    client.get(SET_UP)
    device = TOTPDevice.objects.get(user=person("officer"), confirmed=False)
    client.post(SET_UP, {"code": _code(device)})
    device.refresh_from_db()
    return device


@pytest.mark.parametrize("role", ROLES)
def test_staff_alone_are_asked(tenant_a: Any, client_for: Callable[..., Client], role: str) -> None:
    client = client_for(tenant_a, role)

    response = client.get("/accounts/password/")

    if role in STAFF:
        assert response.url == "/accounts/second-factor/?next=/accounts/password/"
    else:
        assert response.status_code == 200


@pytest.mark.parametrize("path", ["/cms/", "/cms/images/", "/cms/api/main/images/", "/documents/1/x.pdf", "/desk/"])
def test_no_page_of_work_opens_between_password_and_code(
    tenant_a: Any, client_for: Callable[..., Client], path: str
) -> None:
    client = client_for(tenant_a)
    _sign_in(client)

    assert client.get(path).url == f"/accounts/second-factor/?next={path}"
    assert client.post(path).status_code == 302


def test_the_phone_is_set_up_once_and_the_codes_are_shown_once(
    tenant_a: Any, client_for: Callable[..., Client]
) -> None:
    client = client_for(tenant_a)
    _sign_in(client, wanted="/cms/images/")
    assert client.get("/cms/images/").url == "/accounts/second-factor/?next=/cms/images/"
    assert client.get("/accounts/second-factor/?next=/cms/images/").url == f"{SET_UP}?next=%2Fcms%2Fimages%2F"
    assert client.get("/accounts/second-factor/qr.svg").headers["Content-Type"] == "image/svg+xml"
    before = client.session.session_key

    device = TOTPDevice.objects.get(user=person("officer"))
    response = client.post(f"{SET_UP}?next=/cms/images/", {"code": _code(device)})

    assert response.url == "/accounts/second-factor/recovery-codes/?next=%2Fcms%2Fimages%2F"
    shown = client.get(response.url)
    assert [*shown.context["codes"]] == [*StaticToken.objects.order_by("pk").values_list("token", flat=True)]
    assert len(shown.context["codes"]) == 10
    assert client.get(response.url).context["codes"] == []
    assert client.get("/cms/").status_code == 200
    assert client.session.session_key != before


def test_the_next_sign_in_asks_for_a_code_and_leads_back(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    first = client_for(tenant_a)
    _sign_in(first)
    device = _set_up(first)
    client = client_for(tenant_a)
    _sign_in(client)

    wrong = client.post(f"{VERIFY}?next=/cms/images/", {"code": "000000"})
    assert "验证码不对" in str(wrong.context["form"].errors["code"])
    TOTPDevice.objects.update(throttling_failure_count=0)

    right = client.post(f"{VERIFY}?next=/cms/images/", {"code": _code(device, step=1)})
    assert right.url == "/cms/images/"
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example"])
def test_the_code_leads_nobody_to_a_foreign_site(tenant_a: Any, client_for: Callable[..., Client], wanted: str) -> None:
    first = client_for(tenant_a)
    _sign_in(first)
    device = _set_up(first)
    client = client_for(tenant_a)
    _sign_in(client)

    assert client.post(VERIFY, {"code": _code(device, step=1), "next": wanted}).url == "/cms/"


def test_who_has_only_the_password_cannot_put_another_phone_in_its_place(
    tenant_a: Any, client_for: Callable[..., Client]
) -> None:
    first = client_for(tenant_a)
    _sign_in(first)
    device = _set_up(first)
    thief = client_for(tenant_a)
    _sign_in(thief)

    assert thief.get(SET_UP).url == f"{VERIFY}?next=%2Faccounts%2Fsecond-factor%2Fset-up%2F"
    assert thief.get("/accounts/second-factor/qr.svg").status_code == 404
    assert thief.post("/accounts/second-factor/recovery-codes/").url.startswith(VERIFY)
    assert [*TOTPDevice.objects.values_list("pk", "confirmed")] == [(device.pk, True)]


def test_a_recovery_code_opens_once(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    first = client_for(tenant_a)
    _sign_in(first)
    _set_up(first)
    code = StaticToken.objects.first().token
    client, again = client_for(tenant_a), client_for(tenant_a)
    for other in (client, again):
        _sign_in(other)

    assert client.post(VERIFY, {"code": f" {code.upper()} "}).url == "/cms/"
    assert "code" in again.post(VERIFY, {"code": code}).context["form"].errors
    assert StaticToken.objects.count() == 9


def test_a_code_is_good_for_one_sign_in(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a)
    _sign_in(client)
    device = _set_up(client)
    code = _code(device, step=1)

    check_code(person("officer"), code)
    with pytest.raises(WrongCode):
        check_code(person("officer"), code)


def test_guessing_is_slowed_down(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a)
    _sign_in(client)
    device = _set_up(client)
    TOTPDevice.objects.update(throttling_failure_count=5, throttling_failure_timestamp=timezone.now())

    with pytest.raises(WrongCode, match="请等17秒再试"):
        check_code(person("officer"), _code(device, step=1))


def test_an_officer_clears_a_colleagues_phone_but_not_their_own(tenant_a: Any) -> None:
    colleague = person("publicist")
    TOTPDevice.objects.create(user=colleague, name="phone", confirmed=True)

    with pytest.raises(NotAllowed):
        forget_phone(person("officer"), by=person("officer"))
    with pytest.raises(NotAllowed):
        forget_phone(colleague, by=person("reviewer"))
    forget_phone(colleague, by=person("officer"))

    assert not TOTPDevice.objects.exists()


def test_without_the_setting_nobody_is_asked(tenant_a: Any, client_for: Callable[..., Client], settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False

    assert client_for(tenant_a, "officer").get("/cms/").status_code == 200
