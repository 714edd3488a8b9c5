"""A few characters as a font of their own, cut and deflated once for every file that they go into.

As outlines they would be drawn by cubics, which take three times as many bytes as a font's quadratics.
"""

import io
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pydyf
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont

from certificates.outlines import STAMP

_NAME = "/VERSES+Kai"


class Letters(NamedTuple):
    """`characters[n - 1]` is glyph n of the font; those the face lacks are not among them."""

    data: bytes
    length: int
    characters: str
    widths: tuple[int, ...]
    box: tuple[int, ...]
    ascent: int
    descent: int

    def code(self, character: str) -> str:
        """The character as a show operator wants it, empty where the face lacks it."""
        return f"<{self.characters.index(character) + 1:04x}>" if character in self.characters else ""

    def add_to(self, pdf: pydyf.PDF) -> Any:
        """Put the font into a file; its reference."""
        file = _added(pdf, pydyf.Stream([self.data], {"Length1": self.length, "Filter": "/FlateDecode"}))
        described = {
            "Type": "/FontDescriptor",
            "FontName": _NAME,
            "FontBBox": pydyf.Array(self.box),
            "Flags": 4,
            "ItalicAngle": 0,
            "Ascent": self.ascent,
            "Descent": self.descent,
            "CapHeight": self.ascent,
            "StemV": 80,
            "FontFile2": file,
        }
        drawn = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": _NAME,
            "CIDSystemInfo": pydyf.Dictionary(
                {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
            ),
            "CIDToGIDMap": "/Identity",
            "W": pydyf.Array([1, pydyf.Array(self.widths)]),
            "FontDescriptor": _added(pdf, pydyf.Dictionary(described)),
        }
        whole = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": _NAME,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([_added(pdf, pydyf.Dictionary(drawn))]),
            "ToUnicode": _added(pdf, pydyf.Stream([self._unicode()], compress=True)),
        }
        return _added(pdf, pydyf.Dictionary(whole))

    def _unicode(self) -> bytes:
        pairs = [f"{self.code(one)} <{one.encode('utf-16-be').hex()}>" for one in self.characters]
        lines = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            *(f"{len(pairs)} beginbfchar", *pairs, "endbfchar"),
            "endcmap end end",
        )
        return "\n".join(lines).encode()


def _added(pdf: pydyf.PDF, item: Any) -> Any:
    pdf.add_object(item)
    return item.reference


@lru_cache(maxsize=64)
def letters_of(font: Path, text: str) -> Letters:
    """The characters of `text` that a face of ours has."""
    with TTFont(font, lazy=True) as face:
        cmap, glyf, metrics = face.getBestCmap(), face["glyf"], face["hmtx"]
        upem, head, foot = face["head"].unitsPerEm, face["hhea"].ascent, face["hhea"].descent
        found = {one: cmap[ord(one)] for one in dict.fromkeys(text) if ord(one) in cmap}
        order = [".notdef", *found.values()]
        build = FontBuilder(upem, isTTF=True)
        build.setupHead(unitsPerEm=upem, created=STAMP, modified=STAMP)
        build.font.recalcTimestamp = False
        build.setupGlyphOrder(order)
        build.setupGlyf({name: glyf[name] for name in order}, calcGlyphBounds=False)
        build.setupHorizontalMetrics({name: metrics[name] for name in order})
        build.setupHorizontalHeader(ascent=head, descent=foot)
        file = io.BytesIO()
        build.save(file)
        made = build.font["head"]

        def scaled(*sides: int) -> tuple[int, ...]:
            return tuple(round(1000 * side / upem) for side in sides)

        widths = scaled(*(metrics[name][0] for name in found.values()))
        box = scaled(made.xMin, made.yMin, made.xMax, made.yMax)
    data = file.getvalue()
    return Letters(zlib.compress(data, 9), len(data), "".join(found), widths, box, *scaled(head, foot))
