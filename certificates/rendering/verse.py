"""A line of verse in upright columns, as outlines: ornament for the eye, the facts stay live text."""

from pathlib import Path as File

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from certificates.rendering.canvas import Canvas, Path

Point = tuple[float, float]


class CanvasPen(BasePen):
    """Draws glyphs into a `Path`; BasePen turns quadratics into cubics, which PDF has."""

    def __init__(self) -> None:
        super().__init__(None)
        self.path = Path()

    def _moveTo(self, to: Point) -> None:  # noqa: N802 - fontTools names it
        self.path.move(complex(*to))

    def _lineTo(self, to: Point) -> None:  # noqa: N802 - fontTools names it
        self.path.line(complex(*to))

    def _curveToOne(self, first: Point, second: Point, to: Point) -> None:  # noqa: N802  (fontTools names it)
        self.path.curve(complex(*first), complex(*second), complex(*to))

    def _closePath(self) -> None:  # noqa: N802 - fontTools names it
        self.path.close()


def draw_verse(canvas: Canvas, lines: tuple[str, ...], colour: str, *, font: File, right: float, top: float) -> None:
    """Columns from right to left, each next one starting lower; characters the face lacks are left out."""
    pen, size = CanvasPen(), 4.1
    with TTFont(font, lazy=True) as face:
        glyphs, cmap, scale = face.getGlyphSet(), face.getBestCmap(), size / face["head"].unitsPerEm
        for column, line in enumerate(lines):
            for row, character in enumerate(line):
                if ord(character) in cmap:
                    x = right - size - column * 7
                    y = top + column * 8.5 + row * size * 1.4 + size * 0.88
                    glyphs[cmap[ord(character)]].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
    canvas.fill([pen.path], colour)
