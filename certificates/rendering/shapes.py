"""Draws the shapes that were read from an SVG into a box of a canvas."""

from collections.abc import Callable

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen

from certificates.designs.vector import Drawing, Shape
from certificates.rendering.canvas import Canvas, Path

Box = tuple[float, float, float, float]
Point = tuple[float, float]


class CanvasPen(BasePen):
    """Draws shapes into a `Path`; BasePen turns quadratics into cubics, which PDF has."""

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


def draw_shapes(
    canvas: Canvas, drawing: Drawing, box: Box, *, cover: bool = False, tone: Callable[[str], str] = str
) -> None:
    """In the middle of the box (x, y, width, height): whole, or covering all of it; `tone` changes the colours."""
    x, y, wide, high = box
    scale = (max if cover else min)(wide / drawing.width, high / drawing.height)
    width, height = drawing.width * scale, drawing.height * scale
    left, top = x + (wide - width) / 2, y + (high - height) / 2
    place = Transform(scale, 0, 0, scale, left - drawing.left * scale, top - drawing.top * scale)
    with canvas.clipped(box if cover else (left, top, width, height)):
        for shape in drawing.shapes:
            path = _placed(shape, place)
            if shape.style.fill:
                canvas.fill([path], tone(shape.style.fill), even_odd=shape.style.even_odd)
            if shape.style.stroke and shape.style.width > 0:
                canvas.stroke([path], tone(shape.style.stroke), shape.style.width * scale)


def size_of(drawing: Drawing) -> int:
    """Bytes that it takes on a sheet."""
    canvas = Canvas(297, 210)
    draw_shapes(canvas, drawing, (0, 0, 297, 210), cover=True)
    return len(canvas.compressed())


def _placed(shape: Shape, place: Transform) -> Path:
    pen = CanvasPen()
    to = TransformPen(pen, place)
    for call, points in shape.outline:
        getattr(to, call)(*points)
    return pen.path
