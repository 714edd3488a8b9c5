"""Makes, rotates and revokes the keys of the current site; an operator asks for it."""

import hashlib
from datetime import timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.domain.issue import retry_certificate
from certificates.enums import KEY_TRANSITIONS, KeyState, KeyUse
from certificates.errors import KeyRefused, ReasonMissing, SealFailed
from certificates.models import Certificate, SigningKey
from certificates.sealing import KeyPair, Subject, find_maker
from tenants.models import Tenant

ED25519 = "certificates.credentials.signing.Ed25519Keys"
MOST_DAYS = 3660
"""Ten years; longer than any algorithm should be trusted unseen."""


@transaction.atomic
def create_key(*, days: int, created_by: str, use: Any = KeyUse.SEAL) -> SigningKey:
    """The first key of a site for this use, or the next one after a revocation; `KeyRefused` where one is in use.

    Certificates that were given up for want of a seal are queued again.
    """
    if SigningKey.objects.filter(use=use, state=KeyState.ACTIVE).exists():
        raise KeyRefused(_("已有一个在用的密钥，要换新的请用“换新密钥”。"))
    return _make(use, days=days, created_by=created_by)


@transaction.atomic
def rotate_key(key: SigningKey, *, days: int, rotated_by: str) -> SigningKey:
    """A new key takes over; the old one's private half is destroyed, what it signed stays good."""
    old = _end(key, KeyState.RETIRED, retired_at=timezone.now(), retired_by=rotated_by)
    return _make(old.use, days=days, created_by=rotated_by)


@transaction.atomic
def revoke_key(key: SigningKey, *, reason: str, revoked_by: str) -> SigningKey:
    """Take the trust from a key, with a reason that everybody reads; nothing is signed until another is made."""
    if not reason.strip():
        raise ReasonMissing(_("请写明撤销原因，它会公开。"), field="reason")
    return _end(
        key, KeyState.REVOKED, revoked_at=timezone.now(), revoked_by=revoked_by, revoked_reason=reason.strip()[:200]
    )


def maker_of(use: Any) -> str:
    """The dotted path of the class that makes and uses the keys of a use."""
    return {KeyUse.SEAL: str(settings.SEAL_PROVIDER), KeyUse.CREDENTIAL: ED25519}[use]


def _make(use: Any, *, days: int, created_by: str) -> SigningKey:
    if not 1 <= days <= MOST_DAYS:
        raise KeyRefused(_("有效期应在1天至%(most)d天之间。") % {"most": MOST_DAYS}, field="days")
    tenant = Tenant.objects.get(schema_name=connection.schema_name)
    now = timezone.now()
    path = maker_of(use)
    subject = Subject(tenant.name, tenant.division_code, now, now + timedelta(days=days))
    pair = find_maker(path).make_key(subject)
    certificate = x509.load_pem_x509_certificate(pair.certificate.encode())
    try:
        with transaction.atomic():
            key: SigningKey = SigningKey.objects.create(
                use=use,
                fingerprint=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
                certificate=pair.certificate,
                secret=pair.secret,
                provider=path,
                valid_from=certificate.not_valid_before_utc,
                valid_until=certificate.not_valid_after_utc,
                created_by=created_by,
            )
    except IntegrityError as error:
        raise KeyRefused(_("刚才已有人启用了另一个密钥，请刷新页面再看。")) from error
    waiting = Certificate.objects.filter(given_up=True, failure=SealFailed.__name__)
    for certificate in waiting if use == KeyUse.SEAL else ():
        retry_certificate(certificate)
    return key


def _end(key: SigningKey, to: Any, **fields: Any) -> SigningKey:
    locked = SigningKey.objects.select_for_update().get(pk=key.pk)
    if to not in KEY_TRANSITIONS[locked.state]:
        raise KeyRefused(
            _("这个密钥现在是“{now}”，不能改为“{to}”。").format(now=KeyState(locked.state).label, to=KeyState(to).label)
        )
    pair = KeyPair(locked.certificate, locked.secret)
    locked.state = to
    locked.secret = ""
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=["state", "secret", *fields])
    if pair.secret:
        maker = find_maker(locked.provider)
        transaction.on_commit(lambda: maker.destroy_key(pair), robust=True)
    return locked
