"""Seals a printed certificate with the site's key, and looks at seals from anywhere with the eyes of the site."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings

from certificates.enums import KeyState, KeyUse
from certificates.errors import SealFailed
from certificates.models import SigningKey
from certificates.offline import read_seal
from certificates.sealing.provider import KeyPair, Sealed, find_provider

REASON = "出具志愿服务证书"
"""In the language of the sheets, which is Chinese everywhere."""


class SealState(StrEnum):
    """What the site says of the seal on a PDF."""

    NONE = "none"
    WHOLE = "whole"
    BROKEN = "broken"
    STRANGER = "stranger"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class SealFinding:
    """`key` is the site's key that the seal names, whether or not the seal is whole."""

    state: SealState
    key: SigningKey | None = None
    sealed_at: datetime | None = None
    stamped: bool = False


def active_key(use: Any = KeyUse.SEAL) -> SigningKey | None:
    """The key with which the current site seals, or signs credentials, now."""
    found: SigningKey | None = SigningKey.objects.filter(use=use, state=KeyState.ACTIVE).first()
    return found


def sealing_key() -> tuple[SigningKey | None, bool]:
    """The key for the next certificate, and whether there is none because its time is over.

    With SEAL_REQUIRED the ended key is given back: `put_seal` refuses it, and the certificate waits for a new one.
    """
    key = active_key()
    if key is not None and key.has_ended and not settings.SEAL_REQUIRED:
        return None, True
    return key, False


def put_seal(pdf: bytes, key: SigningKey) -> Sealed:
    """The PDF with a seal of this key, looked at before it is given out; raises `SealFailed`."""
    if key.has_ended:
        raise SealFailed("the key's time is over")
    sealed = find_provider(key.provider).seal(pdf, KeyPair(key.certificate, key.secret), reason=REASON)
    seal = read_seal(sealed.pdf)
    if not sealed.pdf.startswith(pdf) or seal is None or not seal.whole or seal.fingerprint != key.fingerprint:
        raise SealFailed("the provider gave back another file, or a seal that is not whole")
    return sealed


def require_trusted(key: SigningKey) -> None:
    """Hold the key as it is until the transaction ends; raises `SealFailed` when it was revoked a moment ago."""
    held = SigningKey.objects.select_for_update(no_key=True).get(pk=key.pk)
    if held.state == KeyState.REVOKED:
        raise SealFailed("the key was revoked meanwhile")


def check_seal(pdf: bytes) -> SealFinding:
    """What the current site can say of the seal of a PDF from anywhere; raises `Unreadable` for what is no PDF."""
    seal = read_seal(pdf)
    if seal is None:
        return SealFinding(SealState.NONE)
    key = SigningKey.objects.filter(use=KeyUse.SEAL, fingerprint=seal.fingerprint).first()
    said = {"key": key, "sealed_at": seal.stamped_at or seal.signed_at, "stamped": seal.stamped_at is not None}
    if not seal.whole:
        return SealFinding(SealState.BROKEN, **said)
    if key is None:
        return SealFinding(SealState.STRANGER, **said)
    return SealFinding(SealState.REVOKED if key.state == KeyState.REVOKED else SealState.WHOLE, **said)
