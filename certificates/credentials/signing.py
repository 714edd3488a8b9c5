"""Ed25519 keys, and the proof `eddsa-jcs-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0, 3.3) that they make."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.credentials.multibase import base58btc
from certificates.sealing.pades import certify_itself
from certificates.sealing.provider import KeyMaker, KeyPair, Subject

SUITE = "eddsa-jcs-2022"
_ED25519_PUBLIC = b"\xed\x01"
"""Multicodec's prefix of such a key."""


class Ed25519Keys(KeyMaker):
    """Made here; the certificate in which the public half stands is signed by itself, as those of seals are."""

    def make_key(self, subject: Subject) -> KeyPair:
        """An Ed25519 key and its certificate."""
        private = Ed25519PrivateKey.generate()
        return KeyPair(
            certificate=certify_itself(private, subject, purpose="志愿服务电子凭证", algorithm=None),
            secret=private.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ).decode(),
        )


def multikey(certificate: str) -> str:
    """The public key of a PEM certificate as W3C's Multikey writes it, `z6Mk…`."""
    public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    assert isinstance(public, Ed25519PublicKey)
    return base58btc(_ED25519_PUBLIC + public.public_bytes_raw())


def with_proof(document: dict[str, Any], *, secret: str, method: str, created: datetime) -> dict[str, Any]:
    """The document with a proof by the key `method`, whose private half `secret` is in PEM.

    Ed25519 is deterministic: the same document, key and time give the same proof.
    """
    private = serialization.load_pem_private_key(secret.encode(), password=None)
    assert isinstance(private, Ed25519PrivateKey)
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": timestamp(created),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    said = _digest({**proof, "@context": document["@context"]}) + _digest(document)
    return {**document, "proof": {**proof, "proofValue": base58btc(private.sign(said))}}


def canonical(document: dict[str, Any]) -> bytes:
    """RFC 8785: the one way in which these values are written."""
    return rfc8785.dumps(document)


def timestamp(moment: datetime) -> str:
    """`2026-11-29T06:00:00Z`, in UTC to the second; `moment` is aware."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(document: dict[str, Any]) -> bytes:
    return hashlib.sha256(canonical(document)).digest()
