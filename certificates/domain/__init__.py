"""Verbs on certificates."""

from certificates.domain.credentials import credential_of
from certificates.domain.designs import drop_draft, publish_design, retire_design, save_draft
from certificates.domain.ending import (
    confirm_revocation,
    decline_revocation,
    propose_revocation,
    withdraw_revocation,
)
from certificates.domain.forgetting import forget_certificate
from certificates.domain.issue import issue_certificate, retry_certificate
from certificates.domain.keys import create_key, revoke_key, rotate_key
from certificates.domain.leftovers import remove_leftovers
from certificates.domain.logging import write_log
from certificates.domain.outdating import mark_outdated
from certificates.domain.pictures import remove_unused_pictures
from certificates.domain.request import correct_certificate, request_certificate
from certificates.domain.sharing import end_share, share_certificate

__all__ = [
    "confirm_revocation",
    "correct_certificate",
    "create_key",
    "credential_of",
    "decline_revocation",
    "drop_draft",
    "end_share",
    "forget_certificate",
    "issue_certificate",
    "mark_outdated",
    "propose_revocation",
    "publish_design",
    "remove_leftovers",
    "remove_unused_pictures",
    "request_certificate",
    "retire_design",
    "retry_certificate",
    "revoke_key",
    "rotate_key",
    "save_draft",
    "share_certificate",
    "withdraw_revocation",
    "write_log",
]
