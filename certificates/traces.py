"""What the bytes of an uploaded file tell of a certificate, without ever running a PDF parser over them.

A stranger's file is searched, not opened: streams are inflated one by one up to a limit, and our numbers are
looked for in them. So no file can make us follow its structure, run its scripts or fill the memory, and one that
is cut off or patched up still tells which certificate it once was.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any

from certificates.errors import NumberMalformed
from certificates.numbering import Number

_WRITTEN = re.compile(rb"(?<![\d-])\d{6}-\d{4}-\d{6,9}-\d(?![\d-])")
_STREAM = re.compile(rb"stream\r?\n")
_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
_SCRIPT = re.compile(rb"/(?:JavaScript|JS)\b")

HEAD = 1024  # a PDF begins within these bytes, ISO 32000-1 implementation note 13
TAIL = 2048  # and its last %%EOF stands within these
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")
STREAMS_MOST = 5_000
INFLATED_MOST = 2 * 1024 * 1024  # of one stream; the attached data of sixty pages are 300 kB
INFLATED_IN_ALL = 16 * 1024 * 1024
INFLATED_RATIO = 32  # of the whole file, beyond the first MB; ours is 4
NUMBERS_MOST = 8
ENDS_MOST = 8
_WORD_FILE = b"word/document.xml"  # which is a ZIP, too, and no batch


class Fault(StrEnum):
    """Why a file tells nothing."""

    NONE = ""
    EMPTY = "empty"
    NOT_PDF = "not_pdf"
    ARCHIVE = "archive"
    LOCKED = "locked"
    CUT_OFF = "cut_off"
    NOT_OURS = "not_ours"
    MISNUMBERED = "misnumbered"
    BROKEN_JSON = "broken_json"
    NOT_CREDENTIAL = "not_credential"


@dataclass(frozen=True, slots=True)
class Traces:
    """Digest of the file, the numbers found in it, and what was noticed on the way.

    `earlier` are the digests up to each end mark before the last byte: that of what was issued is among them when
    something was merely added behind it. `document` is what a credential says; a PDF has none.
    """

    sha256: str
    numbers: tuple[Number, ...] = ()
    fault: Fault = Fault.NONE
    earlier: frozenset[str] = frozenset()
    whole: bool = True
    scripted: bool = False
    document: dict[str, Any] | None = None


def is_archive(data: bytes) -> bool:
    """Whether it is a ZIP, by its first bytes; an empty one begins with its end."""
    return data[:4] in ARCHIVES


def read_traces(data: bytes) -> Traces:
    """Search `data`; some milliseconds for a certificate, a third of a second for the worst of 10 MB."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        return Traces(sha256, fault=Fault.EMPTY)
    if is_archive(data):  # also one that holds a PDF as it is: its first bytes then look like one
        return Traces(sha256, fault=Fault.NOT_PDF if _WORD_FILE in data else Fault.ARCHIVE)
    if b"%PDF-" not in data[:HEAD]:
        return Traces(sha256, fault=Fault.NOT_PDF)
    whole = b"%%EOF" in data[-TAIL:]
    seen = _look_through(data)
    if seen.numbers:
        return Traces(sha256, tuple(seen.numbers), earlier=_earlier(data), whole=whole, scripted=seen.scripted)
    if seen.misread:
        fault = Fault.MISNUMBERED
    elif b"/Encrypt" in data:
        fault = Fault.LOCKED
    else:
        fault = Fault.NOT_OURS if whole else Fault.CUT_OFF
    return Traces(sha256, fault=fault, whole=whole)


@dataclass(slots=True)
class _Seen:
    """Numbers with a right check digit in the order found, whether one was wrong, whether there is a script."""

    numbers: dict[Number, None] = field(default_factory=dict)
    misread: bool = False
    scripted: bool = False

    def take(self, text: bytes) -> None:
        """Add the numbers that are written in a text."""
        for written in _WRITTEN.findall(text):
            try:
                number = Number.read(written.decode())
            except NumberMalformed:
                self.misread = True
                continue
            if len(self.numbers) < NUMBERS_MOST:
                self.numbers[number] = None


def _look_through(data: bytes) -> _Seen:
    seen = _Seen()
    for text in texts_in(data):
        seen.scripted = seen.scripted or _SCRIPT.search(text) is not None
        seen.take(text)
    return seen


def numbers_in(texts: Iterable[bytes]) -> tuple[tuple[Number, ...], bool]:
    """The certificate numbers in plain texts, in the order found, and whether one had a wrong check digit."""
    seen = _Seen()
    for text in texts:
        seen.take(text)
    return tuple(seen.numbers), seen.misread


def texts_in(data: bytes) -> Iterator[bytes]:
    """The file as it is, and its inflated streams; what cannot be inflated to its end counts as far as it goes."""
    yield data
    left = min(INFLATED_IN_ALL, 2**20 + INFLATED_RATIO * len(data))
    for match in islice(_STREAM.finditer(data), STREAMS_MOST):
        inflated = _inflate(memoryview(data)[match.end() :], min(left, INFLATED_MOST))
        left -= len(inflated)
        if left <= 0:
            return
        if inflated:
            yield inflated


def _inflate(packed: memoryview, most: int) -> bytes:
    """At most `most` bytes; fed in small pieces, so that a broken stream gives up what came before the break."""
    inflate = zlib.decompressobj()
    parts: list[bytes] = []
    left, at = most, 0
    try:
        while left > 0 and not inflate.eof and (piece := inflate.unconsumed_tail or packed[at : at + 4096]):
            if not inflate.unconsumed_tail:
                at += 4096
            parts.append(inflate.decompress(piece, left))
            left -= len(parts[-1])
    except zlib.error:
        pass
    return b"".join(parts)


def _earlier(data: bytes) -> frozenset[str]:
    """Digests up to the first end marks; one pass over the bytes."""
    digests = set()
    running, at = hashlib.sha256(), 0
    for match in islice(_END.finditer(data), ENDS_MOST):
        if match.end() < len(data):
            running.update(data[at : match.end()])
            digests.add(running.hexdigest())
            at = match.end()
    return frozenset(digests)
