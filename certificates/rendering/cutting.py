"""Our own faces, cut to the characters of one sheet from tables that are read once a process.

WeasyPrint copies a face of 3 or 4 MB for each sheet and lets HarfBuzz go through all its 8,105 glyphs, twice. What
`certificates.fonts` cuts is plain, outlines without parts, hints and layout: slices of it are the same font.
"""

import struct
import sys
from array import array
from collections.abc import Collection
from copy import copy
from pathlib import Path
from typing import Any

from weasyprint.pdf.fonts import Font

from certificates.fonts import FACES
from certificates.rendering.truetype import read_tables, write_tables


class Outlines:
    """The glyphs of a face that `certificates.fonts` has cut."""

    def __init__(self, data: bytes) -> None:
        self.tables = read_tables(data)
        self.metrics = _metrics(self.tables)
        short = not self.tables[b"head"][51]
        places = array("H" if short else "I", self.tables[b"loca"])
        if sys.byteorder == "little":
            places.byteswap()
        self.places = [2 * place for place in places] if short else list(places)

    def cut(self, glyphs: Collection[int]) -> bytes:
        """A font with these, each under its number, and with nothing after the last."""
        kept = sorted(glyphs)
        outlines = [self._outline(glyph) for glyph in kept]
        unit = 2 if sum(map(len, outlines)) < 0x20000 else 1
        count, at = kept[-1] + 1, 0
        places, metrics = [0], bytearray(self.metrics[:4].ljust(4 * count, b"\0"))
        for glyph, outline in zip(kept, outlines, strict=True):
            places += [at] * (glyph + 1 - len(places))
            at += len(outline) // unit
            metrics[4 * glyph : 4 * glyph + 4] = self.metrics[4 * glyph : 4 * glyph + 4]
        places.append(at)
        head, hhea, maxp = (self.tables[name] for name in (b"head", b"hhea", b"maxp"))
        return write_tables(
            {
                b"glyf": b"".join(outlines),
                b"head": head[:50] + struct.pack(">H", unit == 1) + head[52:],
                b"hhea": hhea[:34] + struct.pack(">H", count),
                b"hmtx": bytes(metrics),
                b"loca": struct.pack(f">{count + 1}{'H' if unit == 2 else 'L'}", *places),
                b"maxp": maxp[:4] + struct.pack(">H", count) + maxp[6:],
            }
        )

    def _outline(self, glyph: int) -> bytes:
        """Of an even length, for a short table of places counts in twos."""
        start, end = self.places[glyph : glyph + 2]
        return self.tables[b"glyf"][start:end] + bytes(end - start & 1)


def _metrics(tables: dict[bytes, bytes]) -> bytes:
    """Advance and left bearing of every glyph, four bytes each; the table leaves out the last advance's repetitions."""
    table, whole = tables[b"hmtx"], 4 * int.from_bytes(tables[b"hhea"][34:36])
    advance = table[whole - 4 : whole - 2]
    return table[:whole] + b"".join(advance + table[at : at + 2] for at in range(whole, len(table), 2))


class Cut(Font):
    """WeasyPrint's font of one of our faces. Made from the first one, for making one is to copy the file."""

    def __init__(self, font: Font, outlines: Outlines) -> None:
        self.__dict__.update(font.__dict__)
        self.outlines, self.file_content = outlines, b""
        # WeasyPrint rounds those of the size that it meets first; the same facts must give the same bytes.
        head, hhea = outlines.tables[b"head"], outlines.tables[b"hhea"]
        self.ascent, self.descent = (
            round(1000 * height / int.from_bytes(head[18:20])) for height in struct.unpack_from(">2h", hhea, 4)
        )

    def blank(self) -> "Cut":
        """For another document."""
        made = copy(self)
        made.to_unicode, made.widths, made.missing = {}, {}, {}
        return made

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Cut it; what no font has is drawn as glyph 0."""
        self.file_content = self.outlines.cut({0 if glyph in self.missing.values() else glyph for glyph in to_unicode})


class Fonts(dict[int, Any]):
    """The fonts of one document by WeasyPrint's keys: ours come from `known`, which it adds to."""

    def __init__(self, folder: Path, known: dict[int, Cut]) -> None:
        super().__init__()
        self.folder, self.known = folder, known

    def __contains__(self, key: object) -> bool:
        if not super().__contains__(key) and key in self.known:
            super().__setitem__(key, self.known[key].blank())
        return super().__contains__(key)

    def __setitem__(self, key: int, font: Font) -> None:
        for face in FACES:
            if font.file_content == (self.folder / face.file).read_bytes():
                self.known[key] = Cut(font, Outlines(font.file_content))
                font = self.known[key].blank()
        super().__setitem__(key, font)
