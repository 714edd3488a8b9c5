"""The signed lists that tell which credentials have ended, and which of them by a correction.

W3C Bitstring Status List 1.0. A credential names one entry (Open Badges 3.0 knows no second): of the list whose purpose
is `revocation`, the only purpose that cancels validity for good, which a correction does, too. Beside each lies a list
of the purpose `message`, with the same places, that tells the corrected ones.
"""

import gzip
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from certificates.credentials.addresses import did_of, method_of, replaced_list_url, status_list_url
from certificates.credentials.document import CONTEXTS
from certificates.credentials.multibase import base64url
from certificates.credentials.signing import multikey, timestamp, with_proof
from certificates.enums import State
from certificates.models import Credential, SigningKey, StatusList
from certificates.models.credential import STATUS_LIST_SIZE

_TOLD = {"revocation": (State.REVOKED, State.SUPERSEDED), "message": (State.SUPERSEDED,)}
"""Whose bits are set, by the purpose of a list."""


def signed_status_list(
    listed: StatusList, *, key: SigningKey, base: str, division: str, purpose: str = "revocation"
) -> dict[str, Any]:
    """Read from the certificates themselves, so that it changes with them; the same until one of them ends."""
    ended = Credential.objects.filter(status_list=listed, certificate__state__in=_TOLD[purpose])
    since: datetime = ended.aggregate(last=Max("certificate__ended_at"))["last"] or listed.opened_at
    url = (replaced_list_url if purpose == "message" else status_list_url)(base, division, listed.number)
    did = did_of(base, division)
    document = {
        "@context": CONTEXTS[:1],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": timestamp(since),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(ended.values_list("position", flat=True)),
        },
    }
    return with_proof(document, secret=key.secret, method=method_of(did, multikey(key.certificate)), created=since)


def encoded(positions: Iterable[int]) -> str:
    """A bit for each entry, the first one leftmost; packed."""
    bits = bytearray(STATUS_LIST_SIZE // 8)
    for position in positions:
        bits[position // 8] |= 0x80 >> position % 8
    return base64url(gzip.compress(bytes(bits), mtime=0))
