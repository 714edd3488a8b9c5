"""Last touches on a PDF that WeasyPrint has laid out, before it is written."""

import struct
import zlib
from collections.abc import Iterator
from functools import cache

import pydyf

DRAWN = frozenset({b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cvt ", b"fpgm", b"prep"})
"""Tables of a TrueType font that a PDF draws with (ISO 32000-1, 9.9); names and a cmap serve who installs it."""
_CREATED = slice(24, 36)
"""Where an ICC profile says when it was made."""


def put_behind(pdf: pydyf.PDF, form: pydyf.Stream) -> None:
    """Paint the ornament first on the first page, marked as artifact: a screen reader passes it by."""
    pdf.add_object(form)
    objects = {item.reference: item for item in pdf.objects}
    page = objects[pdf.page_references[0]]
    objects[page["Resources"]]["XObject"]["ornament"] = form.reference
    objects[page["Contents"]].stream.insert(0, b"/Artifact BMC q /ornament Do Q EMC")


def keep_what_draws(pdf: pydyf.PDF) -> None:
    """Of each TrueType font the tables that draw, and of sRGB the shortest profile that says it."""
    for item in pdf.objects:
        if not isinstance(item, pydyf.Stream) or not item.compress:
            continue
        if "Length1" in item.extra:
            item.stream = [drawn_tables(item.stream[0])]
            item.extra["Length1"] = len(item.stream[0])
        elif item.extra.get("N") == 3:
            item.stream = [srgb_profile()]


def drawn_tables(font: bytes) -> bytes:
    """A TrueType file without what nobody looks for inside a PDF: a kilobyte and a half of a certificate."""
    count = int.from_bytes(font[4:6])
    rows = [struct.unpack_from(">4s3L", font, 12 + 16 * index) for index in range(count)]
    kept = [row for row in rows if row[0] in DRAWN]
    bits = len(kept).bit_length() - 1
    parts = [struct.pack(">4s4H", font[:4], len(kept), 16 << bits, bits, 16 * len(kept) - (16 << bits))]
    at = 12 + 16 * len(kept)
    for tag, checksum, _at, length in kept:
        parts.append(struct.pack(">4s3L", tag, checksum, at, length))
        at += -(-length // 4) * 4
    return b"".join((*parts, *_padded(font, kept)))


def _padded(font: bytes, rows: list[tuple[bytes, int, int, int]]) -> Iterator[bytes]:
    for _tag, _checksum, at, length in rows:
        yield font[at : at + length] + bytes(-length % 4)


@cache
def srgb_profile() -> bytes:
    """sRGB by its formula, 0.4 kB deflated; WeasyPrint's lists 1,024 points of the same curve."""
    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_CREATED] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    return bytes(made)


def deflate_once(pdf: pydyf.PDF) -> None:
    """Compress the streams now: pydyf would do so twice, for the file and for its identifier."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            parts = [part if isinstance(part, bytes) else pydyf._to_bytes(part) for part in item.stream]
            item.stream = [zlib.compress(b"\n".join(parts), 9)]
            item.extra["Filter"] = "/FlateDecode"
            item.compress = False
