"""Opens an uploaded picture of pixels: one whole frame, within bounds, flat on white."""

import io
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from certificates.errors import PictureRefused

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_END = b"\xff\xd9"


class Sides(NamedTuple):
    """Pixels: under `least` it looks coarse on paper; over `needed` it is made smaller, over `most` not even opened."""

    least: int
    needed: int
    most: int


def flat_picture(data: bytes, sides: Sides) -> Any:
    """Pillow's picture in RGB, no larger than needed: several copies of its pixels are held at once.

    Raises `PictureRefused` with what is wrong.
    """
    from PIL import Image, ImageOps

    formats = ["PNG", "JPEG"]
    if data.startswith(JPEG) and data.rfind(_END) < len(data) // 2:  # `verify` looks at PNG alone
        raise PictureRefused(_("这个图片文件打不开，可能没传完整。"))
    try:
        with Image.open(io.BytesIO(data), formats=formats) as whole:
            _require_sides(*whole.size, sides=sides)
            whole.verify()  # loading alone would fill up what a cut-off file lacks: WeasyPrint switches that on
        with Image.open(io.BytesIO(data), formats=formats) as opened:
            # A JPEG of a telephone may hold a preview beside the photograph; that does not move.
            if opened.format == "PNG" and getattr(opened, "n_frames", 1) > 1:
                raise PictureRefused(_("不能用会动的图。"))
            opened.draft("RGB", (sides.needed, sides.needed))
            small = _smoothly(opened)
            small.thumbnail((sides.needed, sides.needed), Image.Resampling.LANCZOS)
            return _on_white(ImageOps.exif_transpose(small))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureRefused(_("这个图片文件打不开，可能没传完整。")) from error


def _require_sides(width: int, height: int, *, sides: Sides) -> None:
    if max(width, height) > sides.most:
        raise PictureRefused(_("图太大：长和宽最多{most}像素。").format(most=sides.most))
    if min(width, height) < sides.least:
        raise PictureRefused(_("图太小，印出来发虚：长和宽至少{least}像素。").format(least=sides.least))


def _smoothly(picture: Any) -> Any:
    """In a mode of which Pillow makes a smaller one without steps."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off instead of scaling
        return picture.convert("I").point(lambda value: value / 257).convert("L")
    if picture.mode == "CMYK":
        return picture.convert("RGB")
    return picture.convert("RGBA") if picture.mode in {"P", "PA", "1"} else picture


def _on_white(picture: Any) -> Any:
    from PIL import Image

    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
