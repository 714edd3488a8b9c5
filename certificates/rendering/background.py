"""Puts the tenant's own background on a canvas, so pale that every ink of the sheet can be read on it."""

import io

from certificates.design import Background
from certificates.designs.backgrounds import read_background
from certificates.designs.vector import read_drawing
from certificates.rendering.canvas import Canvas, Photo
from certificates.rendering.colours import PAPER, Palette, channels, fading, mix
from certificates.rendering.frame import Sheet
from certificates.rendering.shapes import Box, draw_shapes

_INSIDE = 18.2
"""Of the frame's inner line, whose middle is at 17.8 mm."""


def draw_background(canvas: Canvas, background: Background, ink: Palette, *, sheet: Sheet) -> None:
    """Covers all within the frame, what is too broad or too high cut off. Raises `PictureMissing`."""
    box = (_INSIDE, _INSIDE, sheet.width - 2 * _INSIDE, sheet.height - 2 * _INSIDE)
    data = read_background(background)
    (_shapes if background.form == "svg" else _pixels)(canvas, data, box, ink)


def _shapes(canvas: Canvas, data: bytes, box: Box, ink: Palette) -> None:
    drawing = read_drawing(data)
    colours = {one for shape in drawing.shapes for one in (shape.style.fill, shape.style.stroke) if one}
    kept = fading(ink, min(share for colour in colours for share in channels(colour)))
    draw_shapes(canvas, drawing, box, cover=True, tone=lambda colour: mix(PAPER, colour, kept))


def _pixels(canvas: Canvas, data: bytes, box: Box, ink: Palette) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as opened:
        width, height = opened.size
        darkest = min(opened.tobytes()) / 255
    x, y, wide, high = box
    scale = max(wide / width, high / height)
    left, top = x + (wide - width * scale) / 2, y + (high - height * scale) / 2
    photo = Photo(data, width, height, lowest=1 - fading(ink, darkest))
    with canvas.clipped(box):
        canvas.place(photo, left=left, top=top, width=width * scale, height=height * scale)
