"""Takes a background in: a picture as a small JPEG, a drawing as its shapes; either is printed pale."""

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.design import Background
from certificates.designs import kept
from certificates.designs.pixels import JPEG, PNG, Sides, flat_picture
from certificates.designs.vector import Drawing, Shape, read_drawing
from certificates.errors import PictureRefused

MOST_BYTES = 10_000_000
MOST_SVG_BYTES = 300_000
MOST_STORED = 20_000
"""Bytes of it in every sheet, as JPEG or as deflated operators."""
DARKEST_MEAN = 90
"""Of 255: a picture that is darker on the whole becomes a grey slab, however pale it is printed."""
_SIDES = Sides(least=600, needed=2400, most=6000)
#: (longest side in pixels, quality) from fine to coarse; 1,200 pixels are 115 dpi on the sheet. Printed with a quarter
#: of its contrast, coarseness shows a quarter as much.
_STEPS = ((1200, 50), (1200, 35), (1200, 24), (1000, 24), (1000, 15), (800, 15))


def take_background(data: bytes) -> Background:
    """Keep an uploaded PNG, JPEG or SVG; raises `PictureRefused` with what is wrong and what to do."""
    if len(data) > MOST_BYTES:
        raise PictureRefused(_("底图文件太大：最多10 MB。"), field="background")
    if data.startswith((PNG, JPEG)):
        return _keep(_small_jpeg(flat_picture(data, _SIDES)), "jpg")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if len(data) > MOST_SVG_BYTES:
            raise PictureRefused(_("SVG文件太大：最多300 KB。请简化图形，或者换成PNG。"), field="background")
        drawing = read_drawing(data)
        _require_light(_sketch(drawing))
        _require_small(drawing)
        return _keep(data, "svg")
    raise PictureRefused(_("底图只收PNG、JPEG和SVG文件。"), field="background")


def read_background(background: Background) -> bytes:
    """The kept bytes; raises `PictureMissing`."""
    return kept.read(kept.BACKGROUNDS, background.sha256, background.form)


def _keep(data: bytes, form: str) -> Background:
    return Background(sha256=kept.keep(data, kept.BACKGROUNDS, form), form=form)


def _require_small(drawing: Drawing) -> None:
    from certificates.rendering.shapes import size_of  # rendering reads designs, and only an upload asks it back

    if size_of(drawing) > MOST_STORED:
        raise PictureRefused(_("图形太复杂，每张证书会大出20 KB以上。请简化，或者换成PNG、JPEG。"), field="background")


def _require_light(picture: Any) -> None:
    from PIL import ImageStat

    if ImageStat.Stat(picture.convert("L")).mean[0] < DARKEST_MEAN:
        raise PictureRefused(_("这张图整体太暗，印淡了是灰蒙蒙的一片。请换一张明亮的。"), field="background")


def _sketch(drawing: Drawing) -> Any:
    """Its areas in pixels, curves as polygons: enough to see how dark it is."""
    from PIL import Image, ImageDraw

    scale = 200 / max(drawing.width, drawing.height)
    sides = max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale))
    picture = Image.new("RGB", sides, "white")
    pen = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        for outline in _polygons(shape):
            if shape.style.fill and len(outline) > 2:
                pen.polygon(
                    [((x - drawing.left) * scale, (y - drawing.top) * scale) for x, y in outline], shape.style.fill
                )
    return picture


def _polygons(shape: Shape) -> Iterator[list[tuple[float, float]]]:
    outline: list[tuple[float, float]] = []
    for call, points in shape.outline:
        if call == "moveTo":
            yield outline
            outline = []
        outline += [point for point in points if point]
    yield outline


def _small_jpeg(picture: Any) -> bytes:
    _require_light(picture)
    for made in _coarser(picture):
        if len(made) <= MOST_STORED:
            return made
    raise PictureRefused(_("这张图细节太多，每张证书会大出20 KB以上。请换一张简单些的。"), field="background")


def _coarser(picture: Any) -> Iterator[bytes]:
    from PIL import Image

    for side, quality in _STEPS:
        small = picture.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        small.save(file, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        yield file.getvalue()
