"""Takes an emblem in, as small and plain as print needs it."""

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.design import Emblem
from certificates.designs import kept
from certificates.designs.pixels import PNG, Sides, flat_picture
from certificates.designs.vector import read_drawing
from certificates.errors import PictureRefused

MOST_BYTES = 1_000_000
MOST_SVG_BYTES = 100_000
MOST_STORED = 5_000
"""Bytes of a picture as it goes into every sheet, which shall not be much over 65 kB with its seal."""
_SIDES = Sides(least=120, needed=1600, most=4000)
#: (longest side in pixels, colours) from fine to plain; 240 pixels are 320 dpi on a record, 380 on an honour.
_STEPS = ((240, 64), (240, 32), (220, 24), (200, 16), (180, 12))


def take_emblem(data: bytes) -> Emblem:
    """Keep an uploaded PNG or SVG; raises `PictureRefused` with what is wrong and what to do."""
    if len(data) > MOST_BYTES:
        raise PictureRefused(_("徽标文件太大：最多1 MB。"))
    if data.startswith(PNG):
        return _keep(_plain_png(data), "png")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if len(data) > MOST_SVG_BYTES:
            raise PictureRefused(_("SVG文件太大：最多100 KB。请简化图形，或者换成PNG。"))
        read_drawing(data)
        return _keep(data, "svg")
    raise PictureRefused(_("徽标只收PNG和SVG文件。"))


def read_emblem(emblem: Emblem) -> bytes:
    """The kept bytes; raises `PictureMissing`."""
    return kept.read(kept.EMBLEMS, emblem.sha256, emblem.form)


def _keep(data: bytes, form: str) -> Emblem:
    return Emblem(sha256=kept.keep(data, kept.EMBLEMS, form), form=form)


def _plain_png(data: bytes) -> bytes:
    """Few colours, no larger than paper shows."""
    for made in _coarser(flat_picture(data, _SIDES)):
        if len(made) <= MOST_STORED:
            return made
    raise PictureRefused(_("徽标的颜色和细节太多，印不下。请换成颜色少的图，或者SVG。"))


def _coarser(picture: Any) -> Iterator[bytes]:
    from PIL import Image

    for side, colours in _STEPS:
        small = picture.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        few = small.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(file, "PNG", optimize=True)
        yield file.getvalue()
