"""The second factor of staff: a code from the phone (TOTP, RFC 6238), or one of the recovery codes."""

from base64 import b32encode
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.errors import NotAllowed, WrongCode
from portal.accounts.models import User

RECOVERY_CODES = 10


def has_second_factor(user: Any) -> bool:
    """Whether a phone is set up and proven."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def prepare_phone(user: Any) -> TOTPDevice:
    """The one device that waits to be proven; the same until it is."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        waiting = TOTPDevice.objects.filter(user=user, confirmed=False).first()
        return waiting or TOTPDevice.objects.create(user=user, name="phone", confirmed=False)


def confirm_phone(user: Any, code: str) -> tuple[Device, list[str]]:
    """Prove the waiting device by its code; it replaces an older one. Returns it and fresh recovery codes."""
    device = prepare_phone(user)
    _check(device, code)
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user, confirmed=True).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        codes = renew_recovery_codes(user)
    return device, codes


def check_code(user: Any, code: str) -> Device:
    """The device that accepts a code from the phone or a recovery code, which is then used up. WrongCode."""
    kind = TOTPDevice if code.isdigit() and len(code) == 6 else StaticDevice
    device = kind.objects.filter(user=user, confirmed=True).first()
    if device is None:
        raise _wrong()
    _check(device, code)
    return device


def renew_recovery_codes(user: Any) -> list[str]:
    """Ten new codes, each good for one sign-in; the old ones are void."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def forget_phone(user: User, *, by: User) -> None:
    """A colleague lost phone and codes: they set up anew at the next sign-in. NotAllowed for one's own."""
    if by.pk == user.pk or not by.has_perm("accounts.change_user"):
        raise NotAllowed(_("自己的第二步验证要请另一位主管来清除。"))
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def phone_address(device: TOTPDevice, *, issuer: str) -> str:
    """The otpauth address for the QR code."""
    label = quote(f"{issuer.replace(':', '')}:{device.user.get_username()}")
    parameters = {"secret": secret_text(device), "issuer": issuer, "digits": device.digits, "period": device.step}
    return f"otpauth://totp/{label}?{urlencode(parameters)}"


def secret_text(device: TOTPDevice) -> str:
    """The key for typing in by hand."""
    return b32encode(device.bin_key).decode().rstrip("=")


def _check(device: Any, code: str) -> None:
    with transaction.atomic():
        # Locked: two requests with one code must not both be let in.
        locked = type(device).objects.select_for_update().get(pk=device.pk)
        allowed, why = locked.verify_is_allowed()
        accepted = allowed and locked.verify_token(code)
    if not allowed:
        seconds = max(1, int((why["locked_until"] - timezone.now()).total_seconds()) + 1)
        text = _("刚才的验证码不对，请等%(seconds)d秒再试。") % {"seconds": seconds}
        raise WrongCode(text, field="code", code="wait")
    if not accepted:
        raise _wrong()
    device.refresh_from_db()


def _wrong() -> WrongCode:
    return WrongCode(_("验证码不对：请填手机上现在显示的6位数字，或一个没用过的备用码。"), field="code")
