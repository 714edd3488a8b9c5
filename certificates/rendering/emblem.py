"""Puts the tenant's emblem on a canvas: a picture's pixels, or the shapes of a drawing."""

import io
import zlib

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen

from certificates.design import Emblem
from certificates.designs.emblems import read_emblem
from certificates.designs.vector import Drawing, Shape, read_drawing
from certificates.rendering.canvas import Canvas, Path, Picture

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


def draw_emblem(canvas: Canvas, emblem: Emblem, *, left: float, top: float, side: float) -> None:
    """In the middle of a square of `side` mm. Raises `EmblemMissing`."""
    data = read_emblem(emblem)
    if emblem.form == "svg":
        _draw_shapes(canvas, read_drawing(data), left, top, side)
    else:
        _draw_picture(canvas, picture_of(data), left, top, side)


def picture_of(png: bytes) -> Picture:
    """What the emblem's own PNG holds: one byte a pixel, and the colours they stand for."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as opened:
        pixels = opened.convert("P") if opened.mode != "P" else opened
        palette = bytes(pixels.getpalette("RGB") or ())
        return Picture(zlib.compress(pixels.tobytes(), 9), *pixels.size, palette)


def _draw_picture(canvas: Canvas, picture: Picture, left: float, top: float, side: float) -> None:
    scale = side / max(picture.width, picture.height)
    width, height = picture.width * scale, picture.height * scale
    canvas.place(picture, left=left + (side - width) / 2, top=top + (side - height) / 2, width=width, height=height)


def _draw_shapes(canvas: Canvas, drawing: Drawing, left: float, top: float, side: float) -> None:
    scale = side / max(drawing.width, drawing.height)
    width, height = drawing.width * scale, drawing.height * scale
    x, y = left + (side - width) / 2, top + (side - height) / 2
    place = Transform(scale, 0, 0, scale, x - drawing.left * scale, y - drawing.top * scale)
    with canvas.clipped((x, y, width, height)):
        for shape in drawing.shapes:
            path = _placed(shape, place)
            if shape.style.fill:
                canvas.fill([path], shape.style.fill, even_odd=shape.style.even_odd)
            if shape.style.stroke and shape.style.width > 0:
                canvas.stroke([path], shape.style.stroke, shape.style.width * scale)


def _placed(shape: Shape, place: Transform) -> Path:
    from fontTools.pens.transformPen import TransformPen

    pen = CanvasPen()
    to = TransformPen(pen, place)
    for call, points in shape.outline:
        getattr(to, call)(*points)
    return pen.path
