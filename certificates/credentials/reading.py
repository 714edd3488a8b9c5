"""What a dropped JSON file tells of a certificate: the numbers in it, and what it says."""

import hashlib
import json
from typing import Any

from certificates.traces import Fault, Traces, numbers_in

CREDENTIAL_MOST = 2 * 1024 * 1024
"""Bytes; that of sixty pages has 600 kB."""


def is_json(data: bytes) -> bool:
    """By its first sign; a byte order mark may stand before it."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_credential(data: bytes) -> Traces:
    """Values alone are read, of a bounded file: nothing that it names is fetched or followed.

    How it is set out does not count; a member that stands there twice does, for programs differ in which they take.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if len(data) > CREDENTIAL_MOST:
        return Traces(sha256, fault=Fault.NOT_CREDENTIAL)
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refused)
        plain = comparable(document).encode()
    except (ValueError, RecursionError):
        return Traces(sha256, fault=Fault.BROKEN_JSON)
    numbers, misread = numbers_in([plain])
    if not numbers:
        return Traces(sha256, fault=Fault.MISNUMBERED if misread else Fault.NOT_CREDENTIAL)
    return Traces(sha256, numbers, document=document)


def comparable(document: Any) -> str:
    """Equal for documents that say the same; `true`, `1` and `1.0` are three things."""
    return json.dumps(document, sort_keys=True)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a member stands there twice")
    return found


def _refused(text: str) -> Any:
    raise ValueError(text)
