"""A checker of credentials that is not ours: openvc, which asks our pages where it would ask the network."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from openvc.did.base import DidResolverRegistry
from openvc.did.did_web import DidWebResolver
from openvc.verify import VerificationPolicy, verify_credential


def ask(url: str) -> dict[str, Any]:
    """What lies at an address of one of our hosts."""
    parts = urlsplit(url)
    answer = Client(headers={"host": parts.netloc}).get(parts.path)
    assert answer.status_code == 200, (url, answer.status_code)
    found: dict[str, Any] = json.loads(answer.content)
    return found


def verify(credential: dict[str, Any]) -> Any:
    """Proof, issuer and status, each by its own address in the credential; raises for what does not hold.

    The list must be signed by the issuer of the credential itself.
    """
    policy = VerificationPolicy(
        expected_types=["VerifiableCredential", "OpenBadgeCredential"], require_status_issuer_binding=True
    )
    return verify_credential(credential, policy=policy, resolver=_RESOLVER, resolve_status_list=_status_list)


def _status_list(url: str) -> dict[str, Any]:
    policy = VerificationPolicy(expected_types=["BitstringStatusListCredential"], require_status=False)
    listed: dict[str, Any] = verify_credential(ask(url), policy=policy, resolver=_RESOLVER).credential
    return listed


_RESOLVER = DidResolverRegistry([DidWebResolver(ask)])
