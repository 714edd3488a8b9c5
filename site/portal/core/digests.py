"""One-way fingerprints of personal data, so that equal values can be found without being stored."""

import hashlib
import hmac

from django.conf import settings


def digest(value: str, *, purpose: str) -> str:
    """HMAC-SHA-256 in hex of `value`; `purpose` keeps equal texts of different fields apart."""
    key = f"{settings.DIGEST_KEY}:{purpose}".encode()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
