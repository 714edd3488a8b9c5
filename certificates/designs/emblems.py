"""Takes an emblem in, as small and plain as print needs it, and keeps it by the SHA-256 of its bytes."""

import hashlib
import io
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext_lazy as _

from certificates.design import Emblem
from certificates.designs.vector import read_drawing
from certificates.errors import EmblemRefused

MOST_BYTES = 1_000_000
MOST_SVG_BYTES = 100_000
LEAST_PIXELS, MOST_PIXELS = 120, 4000
"""Of either side: under the one it looks coarse on paper, over the other nobody needs it."""
MOST_STORED = 5_000
"""Bytes of a picture as it goes into every sheet, which shall not be much over 65 kB with its seal."""
#: (longest side in pixels, colours) from fine to plain; 240 pixels are 320 dpi on a record, 380 on an honour.
_STEPS = ((240, 64), (240, 32), (220, 24), (200, 16), (180, 12))
_FOLDER = "emblems"
_PNG = b"\x89PNG\r\n\x1a\n"


class EmblemMissing(Exception):
    """The stored bytes are gone, or are not the ones whose hash is asked for."""


def take_emblem(data: bytes) -> Emblem:
    """Keep an uploaded PNG or SVG; raises `EmblemRefused` with what is wrong and what to do."""
    if len(data) > MOST_BYTES:
        raise EmblemRefused(_("徽标文件太大：最多1 MB。"))
    if data.startswith(_PNG):
        return _keep(_plain_png(data), "png")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if len(data) > MOST_SVG_BYTES:
            raise EmblemRefused(_("SVG文件太大：最多100 KB。请简化图形，或者换成PNG。"))
        read_drawing(data)
        return _keep(data, "svg")
    raise EmblemRefused(_("徽标只收PNG和SVG文件。"))


def read_emblem(emblem: Emblem) -> bytes:
    """The kept bytes, looked at before they are printed; raises `EmblemMissing`."""
    try:
        with storages["certificates"].open(_name(emblem)) as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise EmblemMissing(emblem.sha256) from error
    if hashlib.sha256(data).hexdigest() != emblem.sha256:
        raise EmblemMissing(emblem.sha256)
    return data


def stored_emblems() -> Iterator[tuple[str, str]]:
    """(SHA-256, name in the storage) of each that the current site keeps."""
    storage = storages["certificates"]
    if not storage.exists(_FOLDER):
        return
    for folder in storage.listdir(_FOLDER)[0]:
        for file in storage.listdir(f"{_FOLDER}/{folder}")[1]:
            yield file.partition(".")[0], f"{_FOLDER}/{folder}/{file}"


def _keep(data: bytes, form: str) -> Emblem:
    emblem = Emblem(sha256=hashlib.sha256(data).hexdigest(), form=form)
    storages["certificates"].save(_name(emblem), ContentFile(data))  # also when it is there: it is in use from now
    return emblem


def _name(emblem: Emblem) -> str:
    return f"{_FOLDER}/{emblem.sha256[:2]}/{emblem.sha256}.{emblem.form}"


def _plain_png(data: bytes) -> bytes:
    """One frame, 8 bits, on white, in few colours, no larger than paper shows."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as whole:
            _require_sides(*whole.size)
            whole.verify()  # loading alone would fill up what a cut-off file lacks: WeasyPrint switches that on
        with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
            if getattr(opened, "n_frames", 1) > 1:
                raise EmblemRefused(_("徽标不能是会动的图。"))
            flat = _on_white(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise EmblemRefused(_("这个PNG文件打不开，可能没传完整。")) from error
    for made in _coarser(flat):
        if len(made) <= MOST_STORED:
            return made
    raise EmblemRefused(_("徽标的颜色和细节太多，印不下。请换成颜色少的图，或者SVG。"))


def _require_sides(width: int, height: int) -> None:
    if max(width, height) > MOST_PIXELS:
        raise EmblemRefused(_("徽标太大：长和宽最多{most}像素。").format(most=MOST_PIXELS))
    if min(width, height) < LEAST_PIXELS:
        raise EmblemRefused(_("徽标太小，印出来发虚：长和宽至少{least}像素。").format(least=LEAST_PIXELS))


def _on_white(picture: Any) -> Any:
    from PIL import Image

    if picture.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off instead of scaling
        picture = picture.convert("I").point(lambda value: value / 257).convert("L")
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _coarser(picture: Any) -> Iterator[bytes]:
    from PIL import Image

    for side, colours in _STEPS:
        small = picture.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        few = small.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(file, "PNG", optimize=True)
        yield file.getvalue()
