"""What is drawn behind the first page of a sheet, once for all sheets that look alike."""

from pathlib import Path
from typing import Any, NamedTuple

from certificates.design import Background, Emblem
from certificates.enums import Frame, Kind
from certificates.facts import CertificateFacts, Programme
from certificates.rendering.background import draw_background
from certificates.rendering.canvas import Canvas
from certificates.rendering.colours import palette
from certificates.rendering.emblem import draw_emblem
from certificates.rendering.frame import LYING, STANDING, draw_frame, draw_strip
from certificates.rendering.motifs import draw_level, draw_motif
from certificates.rendering.verse import draw_verse

#: Where the emblem stands, in mm: beside the title of a record, above the title of an honour that lies or stands.
_BESIDE: dict[str, float] = {"left": 25, "top": 21, "side": 19}
_ABOVE: dict[Any, dict[str, float]] = {
    LYING: {"left": 141.5, "top": 20.5, "side": 14},
    STANDING: {"left": 95, "top": 31, "side": 20},
}
#: The row of stars: the middle one, and the height; honour.css and honour_upright.css have the word beside it.
_STARS: dict[Any, dict[str, float]] = {LYING: {"middle": 127, "top": 124}, STANDING: {"middle": 83.5, "top": 187}}


class Ornament(NamedTuple):
    """A drawn layer: its canvas for the size, its operators deflated."""

    canvas: Canvas
    data: bytes


class Look(NamedTuple):
    """All that a drawing depends on."""

    record: bool
    programme: Programme
    level: int = 0
    frame: Frame = Frame.ENGRAVED
    emblem: Emblem | None = None
    upright: bool = False
    background: Background | None = None


def look_of(facts: CertificateFacts) -> Look:
    """The package's own, or what the design of the facts says."""
    plain = Look(facts.kind == Kind.RECORD, facts.programme, facts.honour.level if facts.honour else 0)
    if (design := facts.design) is None:
        return plain
    return plain._replace(
        frame=design.frame, emblem=design.emblem, upright=design.upright, background=design.background
    )


def draw_ornament(look: Look, fonts: Path) -> Ornament:
    """`fonts` is the folder of the faces. Raises `PictureMissing`."""
    canvas = _record(look) if look.record else _honour(look, fonts)
    return Ornament(canvas, canvas.compressed())


def _record(look: Look) -> Canvas:
    canvas, ink = Canvas(*STANDING), palette(look.programme.accent)
    draw_strip(canvas, ink, left=25, top=45, width=162, woven=look.frame == Frame.ENGRAVED)
    if look.emblem:
        draw_emblem(canvas, look.emblem, **_BESIDE)
    return canvas


def _honour(look: Look, fonts: Path) -> Canvas:
    sheet = STANDING if look.upright else LYING
    canvas, ink, programme = Canvas(*sheet), palette(look.programme.accent), look.programme
    if look.background:
        draw_background(canvas, look.background, ink, sheet=sheet)
    else:
        draw_motif(canvas, programme.motif, ink, sheet=sheet)
    draw_frame(canvas, ink, woven=look.frame == Frame.ENGRAVED, sheet=sheet)
    draw_verse(
        canvas,
        programme.verse,
        ink.accent,
        font=fonts / "kai-regular.ttf",
        right=sheet.width - 28,
        top=25 if look.upright else 26.5,
    )
    if look.level:
        draw_level(canvas, look.level, ink, **_STARS[sheet])
    if look.emblem:
        draw_emblem(canvas, look.emblem, **_ABOVE[sheet])
    return canvas
