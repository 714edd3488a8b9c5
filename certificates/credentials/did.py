"""The DID document of a site: with which keys its credentials are signed, and which of them are trusted no more."""

from collections.abc import Iterable
from typing import Any

from certificates.credentials.addresses import method_of
from certificates.credentials.signing import multikey, timestamp
from certificates.enums import KeyState
from certificates.models import SigningKey

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def did_document(did: str, keys: Iterable[SigningKey]) -> dict[str, Any]:
    """Retired keys go on standing for what they signed; revoked ones are told, and stand for nothing."""
    methods = [(key, _method(did, key)) for key in keys]
    trusted = [method["id"] for key, method in methods if key.state != KeyState.REVOKED]
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": [method for _key, method in methods],
        "assertionMethod": trusted,
    }


def _method(did: str, key: SigningKey) -> dict[str, Any]:
    public = multikey(key.certificate)
    method = {"id": method_of(did, public), "type": "Multikey", "controller": did, "publicKeyMultibase": public}
    return {**method, "revoked": timestamp(key.revoked_at)} if key.revoked_at else method
