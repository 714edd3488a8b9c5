"""Backgrounds of one's own: how small and how pale they get, and what is refused with what to do."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image

from certificates.design import Background
from certificates.designs.backgrounds import MOST_STORED, read_background, take_background
from certificates.errors import PictureRefused
from certificates.offline import read_print
from certificates.rendering import press
from certificates.rendering.colours import READABLE, fading, luminance, mix, palette
from tests.certificates.rendering.test_press import IMPRINT
from tests.factories.certificates import make_honour
from tests.factories.designs import GRASS, SVG, make_design, make_photo, make_png

_HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">'
BLACK, LEAVES = (_HEAD + path + b"</svg>" for path in (b'<path d="M2 2h28v28h-28z"/>', b'<path d="M2 2h12v12h-12z"/>'))
TANGLE = _HEAD + b'<path d="M0 0' + b"".join(b"l%d %d" % (i % 97, i % 89) for i in range(9_000)) + b'"/></svg>'


def kept(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(read_background(take_background(data))))


def test_a_photograph_is_kept_small_and_without_what_a_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "camera"  # turned by a quarter, and whose camera
    picture = kept(make_photo(exif=exif))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (825, 1200))
    assert (dict(picture.getexif()), "icc_profile" in picture.info) == ({}, False)
    assert len(read_background(take_background(make_photo()))) <= MOST_STORED


def test_a_telephones_photograph_with_a_preview_beside_it_is_that_photograph() -> None:
    photo, file = Image.open(io.BytesIO(make_photo())), io.BytesIO()
    photo.save(file, "MPO", save_all=True, append_images=[photo.resize((160, 120))])
    assert kept(file.getvalue()).size == kept(make_photo()).size


@pytest.mark.parametrize("mode", ["RGBA", "L", "CMYK"])
def test_every_kind_of_pixels_is_put_flat_on_white(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    picture = kept(make_png(mode, side=700, format=form))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (700, 700))


def darkened(data: bytes) -> bytes:
    file = io.BytesIO()
    Image.open(io.BytesIO(data)).point(lambda value: value // 3).save(file, "PNG")
    return file.getvalue()


REFUSED: dict[str, Callable[[], bytes]] = {
    "只收PNG、JPEG和SVG": lambda: b"GIF89a",
    "至少600像素": lambda: make_photo(size=(700, 500)),
    "最多6000像素": lambda: make_png("L", side=6001),
    "打不开": lambda: make_photo()[:9_000],
    "细节太多": lambda: make_photo(blur=0),
    "整体太暗": lambda: darkened(make_photo()),
    "太暗": lambda: BLACK,
    "最多10 MB": lambda: b"\xff\xd8\xff" + bytes(10_000_000),
    "最多300 KB": lambda: BLACK + b" " * 300_000,
    "<script>": lambda: SVG.replace(b"<rect", b"<script/><rect"),
    "太复杂": lambda: TANGLE,
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_cannot_lie_behind_a_sheet_is_refused(said: str) -> None:
    with pytest.raises(PictureRefused, match=said):
        take_background(REFUSED[said]())


@pytest.mark.parametrize("accent", ["#8c2730", "#24593f", "#234a78", "#595959", "#e0a526"])
@pytest.mark.parametrize("darkest", [0.0, 0.4, 0.9])
def test_every_ink_is_read_on_what_is_printed_of_it(accent: str, darkest: float) -> None:
    ink = palette(accent)
    grey = 255 - round(255 * (1 - darkest))
    behind = luminance(mix("#ffffff", f"#{grey:02x}{grey:02x}{grey:02x}", fading(ink, darkest)))
    for colour in (ink.ink, ink.soft, ink.accent):
        on_paper = 1.05 / (luminance(colour) + 0.05)
        assert (behind + 0.05) / (luminance(colour) + 0.05) >= min(READABLE, on_paper) - 0.04


def sheet(background: Background | None, **over: Any) -> bytes:
    return press.print_certificate(
        make_honour(programme=GRASS, design=make_design(background=background, **over)), IMPRINT
    )


def test_a_picture_lies_behind_the_same_words_instead_of_the_drawing() -> None:
    plain, photo, leaves = sheet(None), sheet(take_background(make_photo())), sheet(take_background(LEAVES))
    assert read_print(photo) == read_print(leaves) == read_print(plain)
    with pikepdf.open(io.BytesIO(photo)) as pdf:
        form = pdf.pages[0].Resources.XObject.ornament
        (image,) = form.Resources.XObject.values()
        low = float(image.Decode[0])
        assert (str(image.Filter), [float(one) for one in image.Decode]) == ("/DCTDecode", [low, 1.0] * 3)
        assert 0.7 < low < 0.95
    assert len(leaves) < len(plain) - 4_000  # the meadow is gone
    assert sheet(take_background(LEAVES), upright=True) != leaves
