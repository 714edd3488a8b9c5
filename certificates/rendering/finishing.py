"""Last touches on a PDF that WeasyPrint has laid out, before it is written."""

import struct
import zlib
from functools import cache

import pydyf

from certificates.rendering.truetype import DRAWN, read_tables, write_tables

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
    return write_tables({tag: data for tag, data in read_tables(font).items() if tag in DRAWN})


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
            item.stream = [zlib.compress(b"\n".join(parts), 6)]
            item.extra["Filter"] = "/FlateDecode"
            item.compress = False
