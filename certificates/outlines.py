"""Draws the glyphs of a font anew as a small TrueType face: outlines read by FreeType, cubics made quadratic."""

import io
from array import array
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program

ON, CUBIC = 1, 2  # FreeType's point tags: bit 0 on the curve, bit 1 third-order control
STAMP = 3_786_825_600  # 2024-01-01 in seconds since 1904: the same bytes on every machine
STYLES = {400: "Regular", 600: "SemiBold"}
Point = tuple[float, float]


def open_face(path: Path, family: str) -> Any:
    """The member of a font file or collection whose family name is `family`."""
    import freetype  # only set-up cuts fonts: a web process never loads it

    index = 0
    while True:
        face = freetype.Face(str(path), index=index)
        if face.family_name.decode() == family:
            return face
        index += 1
        if index >= face.num_faces:
            raise LookupError(f"{path.name} holds no {family}")


def code_points(path: Path, family: str) -> list[int]:
    """Every code point that the font has a glyph for."""
    return [code for code, _ in open_face(path, family).get_chars()]


def cut(path: Path, codes: list[int], *, source_family: str, family: str, weight: int, units: int) -> bytes:
    """A TrueType file with the glyphs of `codes` that the source has, in that order."""
    import freetype

    face = open_face(path, source_family)
    scale = units / face.units_per_EM
    order, cmap, glyphs, metrics = [".notdef"], {}, {}, {}
    for code in [None, *codes]:
        index = 0 if code is None else face.get_char_index(code)
        if code is not None and not index:
            continue
        face.load_glyph(index, freetype.FT_LOAD_NO_SCALE)
        name = ".notdef" if code is None else f"u{code:04X}"
        glyphs[name] = glyph_of(face.glyph.outline, scale)
        metrics[name] = (round(face.glyph.advance.x * scale), glyphs[name].xMin)
        if code is not None:
            order.append(name)
            cmap[code] = name
    return _assemble(
        glyphs,
        metrics,
        order,
        cmap,
        family=family,
        weight=weight,
        units=units,
        ascent=round(face.ascender * scale),
        descent=round(face.descender * scale),
    )


def glyph_of(outline: Any, scale: float) -> Glyph:
    """FreeType's outline as a glyph of the new face, rounded to its units."""
    points, tags = outline.points, outline.tags
    glyph = Glyph()
    xy, flags, ends, first = [], array("B"), [], 0
    for last in outline.contours:
        contour = [(x * scale, y * scale) for x, y in points[first : last + 1]]
        kinds = tags[first : last + 1]
        first = last + 1
        if any(kind & 3 == CUBIC for kind in kinds):
            drawn = list(quadratic(contour, kinds))
        else:
            drawn = [(*point, kind & ON) for point, kind in zip(contour, kinds, strict=True)]
        xy += [(round(x), round(y)) for x, y, _ in drawn]
        flags.extend(on for _, _, on in drawn)
        ends.append(len(xy) - 1)
    glyph.numberOfContours = len(ends)
    xs, ys = [x for x, _ in xy] or [0], [y for _, y in xy] or [0]
    glyph.xMin, glyph.xMax, glyph.yMin, glyph.yMax = min(xs), max(xs), min(ys), max(ys)
    if ends:
        glyph.coordinates, glyph.flags, glyph.endPtsOfContours = GlyphCoordinates(xy), flags, ends
        glyph.program = Program()
        glyph.program.fromBytecode(b"")
    return glyph


def quadratic(contour: list[Point], kinds: list[int]) -> Iterator[tuple[float, float, int]]:
    """Each cubic as so many equal quadratics as stay within one unit of it.

    Joints between quadratics are left out, as TrueType implies them. fontTools' own cu2qu recurses
    without end on nearly straight curves of Noto Serif.
    """
    yield (*contour[0], ON)
    at, size, index = complex(*contour[0]), len(contour), 1
    while index < size:
        if kinds[index] & ON:
            yield (*contour[index], ON)
            at = complex(*contour[index])
            index += 1
            continue
        p1, p2 = complex(*contour[index]), complex(*contour[index + 1])
        end = contour[(index + 2) % size]
        p3 = complex(*end)
        a, b, c = p3 - 3 * p2 + 3 * p1 - at, 3 * (p2 - 2 * p1 + at), 3 * (p1 - at)
        pieces = max(1, ceil((0.0481125 * abs(a)) ** (1 / 3)))  # 0.048… = √3 / 36
        step = 1 / pieces
        for piece in range(pieces):
            t0 = piece * step
            t1 = t0 + step
            start, stop = ((a * t0 + b) * t0 + c) * t0, ((a * t1 + b) * t1 + c) * t1
            d0, d1 = (3 * a * t0 + 2 * b) * t0 + c, (3 * a * t1 + 2 * b) * t1 + c
            control = at + (start + stop) / 2 + (d0 - d1) * step / 4
            yield control.real, control.imag, 0
        if index + 2 < size:
            yield (*end, ON)
        at, index = p3, index + 3


def _assemble(
    glyphs: dict[str, Glyph],
    metrics: dict[str, tuple[int, int]],
    order: list[str],
    cmap: dict[int, str],
    *,
    family: str,
    weight: int,
    units: int,
    ascent: int,
    descent: int,
) -> bytes:
    build = FontBuilder(units, isTTF=True)
    build.setupHead(unitsPerEm=units, created=STAMP, modified=STAMP)
    build.font.recalcTimestamp = False
    build.setupGlyphOrder(order)
    build.setupCharacterMap(cmap)
    build.setupGlyf(glyphs, calcGlyphBounds=False)
    build.setupHorizontalMetrics(metrics)
    build.setupHorizontalHeader(ascent=ascent, descent=descent)
    style = STYLES[weight]
    names = {
        "familyName": family,
        "styleName": style,
        "fullName": f"{family} {style}",
        "psName": f"{family.replace(' ', '')}-{style}",
        "licenseDescription": "SIL Open Font License 1.1",
    }
    build.setupNameTable(names)
    build.setupOS2(
        usWeightClass=weight,
        sTypoAscender=ascent,
        sTypoDescender=descent,
        usWinAscent=ascent,
        usWinDescent=-descent,
    )
    build.setupPost(keepGlyphNames=False)
    file = io.BytesIO()
    build.save(file)
    return file.getvalue()
