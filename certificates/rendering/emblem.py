"""Puts the tenant's emblem on a canvas: a picture's pixels, or the shapes of a drawing."""

import io
import zlib

from certificates.design import Emblem
from certificates.designs.emblems import read_emblem
from certificates.designs.vector import read_drawing
from certificates.rendering.canvas import Canvas, Picture
from certificates.rendering.shapes import draw_shapes


def draw_emblem(canvas: Canvas, emblem: Emblem, *, left: float, top: float, side: float) -> None:
    """In the middle of a square of `side` mm. Raises `PictureMissing`."""
    data = read_emblem(emblem)
    if emblem.form == "svg":
        draw_shapes(canvas, read_drawing(data), (left, top, side, side))
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
