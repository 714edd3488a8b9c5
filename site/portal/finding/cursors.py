"""Where a list goes on: signed, so that nobody makes one up, and bound to its question."""

import hashlib

from django.core.signing import BadSignature, Signer

from search.query import DEEPEST

_SIGNER = "finding.cursor"


class BadCursor(ValueError):
    """Not ours, or of another question."""


def cursor(question: str, *, host: str, offset: int) -> str:
    """For the hits from `offset` on of an encoded question on a host; the same each time, for ETags."""
    return str(Signer(salt=_SIGNER).sign_object([_mark(question, host), offset]))


def offset_of(given: str, question: str, *, host: str) -> int:
    """BadCursor unless it was made for this question on this host."""
    try:
        mark, offset = Signer(salt=_SIGNER).unsign_object(given)
    except (BadSignature, ValueError, TypeError, UnicodeError) as error:
        raise BadCursor(given) from error
    if mark != _mark(question, host) or not 0 <= offset <= DEEPEST:
        raise BadCursor(given)
    return int(offset)


def _mark(question: str, host: str) -> str:
    return hashlib.sha256(f"{host}?{question}".encode()).hexdigest()[:16]
