"""A site has one key in use at most; what ended stays, without its private half."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import IntegrityError, transaction

from certificates.domain import create_key, revoke_key, rotate_key
from certificates.enums import KeyState
from certificates.errors import KeyRefused, ReasonMissing
from certificates.models import SigningKey
from tests.factories.certificates import make_key


def test_a_key_says_whose_it_is_and_for_how_long(tenant_a: Any) -> None:
    key = create_key(days=30, created_by="operator")
    certificate = x509.load_pem_x509_certificate(key.certificate.encode())
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert (public.curve.name, key.valid_until - key.valid_from) == ("secp256r1", timedelta(days=30))
    assert certificate.subject.rfc4514_string().startswith("2.5.4.5=120101,CN=天津市和平区 志愿服务证书签章")
    assert (key.state, key.created_by, "PRIVATE KEY" in key.secret) == (KeyState.ACTIVE, "operator", True)


def test_a_second_key_beside_the_one_in_use_is_refused(tenant_a: Any) -> None:
    make_key()
    with pytest.raises(KeyRefused, match="换新密钥"):
        make_key()


@pytest.mark.parametrize("days", [0, 3661])
def test_a_time_out_of_reason_is_refused(tenant_a: Any, days: int) -> None:
    with pytest.raises(KeyRefused) as refusal:
        make_key(days=days)
    assert (refusal.value.field, SigningKey.objects.count()) == ("days", 0)


def test_of_two_operators_who_rotate_the_same_key_one_is_told(tenant_a: Any) -> None:
    key = make_key()
    stale = SigningKey.objects.get(pk=key.pk)
    new = rotate_key(key, days=365, rotated_by="first")
    with pytest.raises(KeyRefused, match="已换下"):
        rotate_key(stale, days=365, rotated_by="second")
    key.refresh_from_db()
    assert (key.state, key.retired_by, key.secret) == (KeyState.RETIRED, "first", "")
    assert list(SigningKey.objects.filter(state=KeyState.ACTIVE)) == [new]


def test_a_key_is_revoked_once_with_a_reason_even_after_it_was_retired(tenant_a: Any) -> None:
    key = make_key()
    rotate_key(key, days=365, rotated_by="operator")
    with pytest.raises(ReasonMissing):
        revoke_key(key, reason="  ", revoked_by="operator")
    revoked = revoke_key(key, reason=" 私钥可能外泄 ", revoked_by="operator")
    assert (revoked.state, revoked.revoked_reason, revoked.revoked_at is not None) == (
        KeyState.REVOKED,
        "私钥可能外泄",
        True,
    )
    with pytest.raises(KeyRefused):
        revoke_key(key, reason="再撤一次", revoked_by="operator")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": KeyState.RETIRED, "secret": ""},
        {"state": KeyState.REVOKED, "secret": "", "revoked_reason": "无日期"},
        {"state": KeyState.RETIRED, "retired_at": "2026-01-01T00:00Z"},  # with its private half
        {"state": "lost", "secret": ""},
        {"fingerprint": "none"},
    ],
)
def test_the_database_refuses_what_cannot_be(tenant_a: Any, wrong: dict[str, Any]) -> None:
    key = make_key()
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.filter(pk=key.pk).update(**wrong)


def test_the_database_refuses_two_keys_in_use(tenant_a: Any) -> None:
    retired = make_key()
    rotate_key(retired, days=365, rotated_by="operator")
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.filter(pk=retired.pk).update(state=KeyState.ACTIVE)
