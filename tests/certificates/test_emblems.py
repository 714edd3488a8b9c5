"""Emblems: what is taken in, how plain it is kept, and what is refused with what to do."""

import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from certificates.designs.emblems import MOST_STORED, read_emblem, take_emblem
from certificates.designs.kept import PictureMissing
from certificates.errors import PictureRefused
from tests.factories.designs import SVG, make_png


def kept(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(read_emblem(take_emblem(data))))


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "LA", "L", "P", "1", "I;16"])
def test_every_kind_of_png_is_kept_flat_on_white_in_few_colours(mode: str) -> None:
    picture = kept(make_png(mode))
    assert (picture.mode, picture.size, "transparency" in picture.info) == ("P", (240, 240), False)
    assert len(read_emblem(take_emblem(make_png(mode)))) <= MOST_STORED


def test_what_is_transparent_becomes_the_paper() -> None:
    picture = kept(make_png("RGBA")).convert("RGB")
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert picture.getpixel((120, 120)) == (140, 39, 48)


def test_sixteen_bits_of_grey_are_scaled_and_not_cut_off() -> None:
    grey = kept(make_png("I;16")).convert("L").getpixel((120, 120))
    assert grey == 30_000 // 257


def test_the_same_file_is_kept_once_by_its_hash(private_folder: Path) -> None:
    assert take_emblem(SVG) == take_emblem(SVG)
    take_emblem(make_png())
    files = [path for path in private_folder.rglob("*") if path.is_file()]
    assert sorted(path.suffix for path in files) == [".png", ".svg"]


def animated() -> bytes:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    return file.getvalue()


def noise() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((300, 300), 200).convert("RGB").save(file, "PNG")
    return file.getvalue()


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("CMYK", (200, 200)).save(file, "JPEG")
    return file.getvalue()


def bomb() -> bytes:
    """A header that promises 60,000 × 60,000 pixels."""
    head = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "只收PNG和SVG"),
        (b"%PDF-1.7", "只收PNG和SVG"),
        (b"GIF89a", "只收PNG和SVG"),
        (jpeg(), "只收PNG和SVG"),
        (make_png()[:200], "打不开"),
        (b"\x89PNG\r\n\x1a\n", "打不开"),
        (make_png() + b"\0" * 1_000_000, "最多1 MB"),
        (bomb(), "最多4000像素|打不开"),
        (make_png(side=60), "至少120像素"),
        (animated(), "会动"),
        (noise(), "细节太多"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_refused(data: bytes, said: str, private_folder: Path) -> None:
    with pytest.raises(PictureRefused, match=said) as refusal:
        take_emblem(data)
    assert refusal.value.field == "emblem"
    assert [path for path in private_folder.rglob("*") if path.is_file()] == []


def svg(inside: str, *, head: str = "", box: str = 'viewBox="0 0 10 10"') -> bytes:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{head}<svg {space} {box}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg('<image xlink:href="http://example.org/x.png"/>'), "<image>"),
        (svg('<use xlink:href="#a"/>'), "<use>"),
        (svg("<text>字</text>"), "<text>"),
        (svg("<style>@import url(http://example.org)</style>"), "<style>"),
        (svg("<foreignObject/>"), "<foreignObject>"),
        (svg('<a href="http://example.org"><path d="M0 0h9v9z"/></a>'), "<a>"),
        (svg('<path d="M0 0h9v9z" onclick="x()"/>'), "onclick"),
        (svg('<path d="M0 0h9v9z" fill="url(http://example.org/#x)"/>'), "fill"),
        (svg('<path d="M0 0h9v9z" style="filter:blur(1px)"/>'), "filter"),
        (svg('<path d="M0 0h9v9z" fill-opacity="0.5"/>'), "半透明"),
        (svg('<path d="M0 0h9v9z" fill="papayawhip"/>'), "papayawhip"),
        (svg("<linearGradient/>"), "<linearGradient>"),
        (svg('<path d="&x;"/>', head='<!DOCTYPE svg [<!ENTITY x "M0 0h9v9z">]>'), "实体定义"),
        (svg('<path d="M0 0h9v9z"/>', box='viewBox="0 0 0 0"'), "读不懂"),
        (svg('<path d="M0 0h9v9z"/>', box=""), "读不懂"),
        (svg('<path d="M0 0h1e999"/>'), "读不懂"),
        (svg('<path d="what"/>'), "读不懂|没有图形"),
        (svg('<path d="M0 0h9v9z" transform="spin(3)"/>'), "读不懂"),
        (svg("<g>" * 5000 + "</g>" * 5000), "读不懂|没有图形"),
        (svg(""), "没有图形"),
        (svg('<path d="M0 0h9v9z"')[:-8], "读不懂"),
        (b"<html><body>x</body></html>", "读不懂"),
        ('<?xml version="1.0" encoding="utf-16"?><svg/>'.encode("utf-16-le"), "读不懂|只收"),
        (svg('<path d="M0 0' + "l1 1" * 20_001 + '"/>'), "太复杂"),
        (svg(" " * 100_001), "最多100 KB"),
    ],
)
def test_a_drawing_is_taken_with_plain_shapes_alone(data: bytes, said: str, private_folder: Path) -> None:
    with pytest.raises(PictureRefused, match=said):
        take_emblem(data)
    assert [path for path in private_folder.rglob("*") if path.is_file()] == []


def test_what_drawing_programs_add_for_themselves_does_no_harm() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
    inside = '<defs/><metadata/><i:x xmlns:i="urn:i"/><g style="fill:none;stroke:#000"><path d="M0 0h9"/></g>'
    assert take_emblem(svg(inside, head=head)).form == "svg"


def test_a_stored_file_that_was_changed_is_not_printed(private_folder: Path) -> None:
    emblem = take_emblem(SVG)
    (stored,) = (path for path in private_folder.rglob("*") if path.is_file())
    stored.write_bytes(SVG.replace(b"#24593f", b"#000000"))
    with pytest.raises(PictureMissing):
        read_emblem(emblem)
    stored.unlink()
    with pytest.raises(PictureMissing):
        read_emblem(emblem)


def test_another_sites_emblem_is_not_there(tenant_a: Any, tenant_b: Any) -> None:
    from django_tenants.utils import tenant_context

    emblem = take_emblem(SVG)
    with tenant_context(tenant_b), pytest.raises(PictureMissing):
        read_emblem(emblem)
