"""How entries of the log are chained: each digest is taken over the one before and the entry's canonical JSON.

Frozen: auditors recompute it with tools of their own (docs/certificates.md). Another form gets another SCHEMA.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

SCHEMA = "yinling.certificate-log/1"
BEGINNING = "0" * 64
"""What stands for the digest before the first entry."""


def canonical(
    *, sequence: int, at: datetime, action: str, number: str, actor: str, account: int | None, detail: dict[str, Any]
) -> str:
    """Keys in order, no white space, Chinese as it is, the time in UTC to the microsecond."""
    content = {
        "schema": SCHEMA,
        "sequence": sequence,
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "action": action,
        "number": number,
        "actor": actor,
        "account": account,
        "detail": detail,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(previous: str, text: str) -> str:
    """SHA-256 in hex of the digest before, in hex, followed at once by the canonical JSON in UTF-8."""
    return hashlib.sha256((previous + text).encode()).hexdigest()
