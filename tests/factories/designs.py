"""Designs of sheets, their emblems, and sheets that wear them."""

import io
from dataclasses import replace
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from certificates.design import Design, Signatory
from certificates.designs import default_design, sample_facts
from certificates.designs.backgrounds import take_background
from certificates.designs.emblems import take_emblem
from certificates.domain import publish_design, save_draft
from certificates.enums import Frame, Kind, Motif
from certificates.facts import Body, CertificateFacts, Programme
from certificates.models import DesignVersion

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><title>x</title>
<g transform="translate(50 50)"><circle r="46" fill="none" stroke="#8c2730" stroke-width="4"/>
<path d="M-20 25 Q0 -60 20 25 A20 12 0 0 1 -20 25Z" style="fill:#24593f"/>
<rect x="-30" y="28" width="60" height="6" rx="3" fill="rgb(184,134,11)" transform="rotate(-4)"/></g></svg>"""
GRASS = Programme(title="“寸草心”助老志愿服务", accent="#8c2730", motif=Motif.GRASS)
_INKS: dict[str, Any] = {"RGBA": (140, 39, 48, 255), "RGB": (140, 39, 48), "I;16": 30_000}


def make_png(mode: str = "RGBA", *, side: int = 300, **options: Any) -> bytes:
    """A disc on nothing, or on black where the mode knows no nothing."""
    picture = Image.new(mode, (side, side))
    ImageDraw.Draw(picture).ellipse((10, 10, side - 10, side - 10), fill=_INKS.get(mode, 128))
    file = io.BytesIO()
    picture.save(file, **{"format": "PNG", **options})
    return file.getvalue()


def make_photo(*, size: tuple[int, int] = (1600, 1100), blur: float = 6, **options: Any) -> bytes:
    """A bright picture of soft spots in colours, the left half with more red, down to black."""
    spots = [Image.effect_noise(size, 120).filter(ImageFilter.GaussianBlur(blur)) for _ in range(3)]
    picture = Image.merge("RGB", spots).point(lambda value: min(255, value + 60))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 2, 90), fill=(250, 40, 40))
    draw.rectangle((size[0] - 200, size[1] - 60, size[0], size[1]), fill=(0, 0, 0))
    file = io.BytesIO()
    picture.save(file, **{"format": "JPEG", "quality": 90, **options})
    return file.getvalue()


def make_design(**over: Any) -> Design:
    given: dict[str, Any] = {
        "heading": "志愿服务证书",
        "text": "{period}，您参加{programme}，开展{content}，累计{hours}小时。特颁此证。",
        "version": "honour/1",
    }
    return Design(**{**given, **over})


def make_published(kind: str = Kind.HONOUR, occasion: str = "", **over: Any) -> DesignVersion:
    """A version that prints from now on, published by account 1."""
    base = {"heading": "志愿服务记录证明", "text": default_design(Kind.RECORD).text} if kind == Kind.RECORD else {}
    draft = save_draft(kind, occasion, make_design(**{**base, **over}), edited_by="1")
    return publish_design(draft, published_by="1", programme=GRASS)


def every_designed_sheet() -> dict[str, CertificateFacts]:
    """One of each kind in a tenant's own design, with emblem and signatories; the emblems are stored."""
    two = (Signatory(name="王建国", title="局长"), Signatory(name="买买提·吐尔逊", title="区志愿服务联合会会长"))
    behind = {("student_week", "svg"): take_background(SVG), ("group", "png"): take_background(make_photo())}
    sheets = {}
    for kind, occasion in ((Kind.RECORD, ""), (Kind.HONOUR, "star"), (Kind.HONOUR, "student_week"), (Kind.GROUP, "")):
        for form, data, frame in (("svg", SVG, Frame.LINES), ("png", make_png(), Frame.ENGRAVED)):
            design = replace(
                default_design(kind, occasion, motif=Motif.GRASS),
                version=f"{kind}/1",
                emblem=take_emblem(data),
                frame=frame,
                signatories=two,
                upright=form == "svg" and kind != Kind.RECORD,
                background=behind.get((occasion or kind, form)),
            )
            body = Body(name="天津市和平区民政局", phone="022-00000116")
            facts = sample_facts(design, kind, occasion, programme=GRASS, bodies=(body,))
            sheets[f"designed-{kind}-{occasion or 'any'}-{form}"] = facts
    return sheets
