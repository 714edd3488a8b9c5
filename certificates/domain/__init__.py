"""Verbs on certificates."""

from certificates.domain.ending import revoke_certificate
from certificates.domain.issue import issue_certificate, retry_certificate
from certificates.domain.outdating import mark_outdated
from certificates.domain.request import correct_certificate, request_certificate

__all__ = [
    "correct_certificate",
    "issue_certificate",
    "mark_outdated",
    "request_certificate",
    "retry_certificate",
    "revoke_certificate",
]
