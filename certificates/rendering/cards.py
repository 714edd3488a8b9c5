"""A volunteer's card as a file of two pages: ISO/IEC 7810 ID-1, 85.6 × 54 mm, front and back."""

from functools import lru_cache
from typing import Any

from django.template.loader import get_template

from certificates.card import CardFacts
from certificates.facts import Programme
from certificates.rendering.canvas import Canvas
from certificates.rendering.colours import palette
from certificates.rendering.frame import draw_strip, rounded
from certificates.rendering.motifs import draw_motif, draw_star
from certificates.rendering.ornament import Ornament
from certificates.rendering.press import FOLDER, at_the_press
from certificates.rendering.qr import qr_svg
from certificates.wording import hours, long_date

WIDTH, HEIGHT = 85.6, 54.0
_KIND = "card"


def print_card(facts: CardFacts) -> bytes:
    """PDF/A-3a and PDF/UA-1; the same facts give the same bytes. Nothing is attached: it proves nothing by itself."""
    with at_the_press() as machine:
        markup = str(get_template(f"{FOLDER}/{_KIND}.html").render(_context(facts)))
        document = machine.laid_out(markup, machine.sheets(_KIND, facts.programme.accent))
        return machine.written(document, _ornament(facts.programme, facts.level), [])


def _context(facts: CardFacts) -> dict[str, Any]:
    return {
        "facts": facts,
        "qr": qr_svg(facts.qr_url),
        "hours": hours(facts.minutes),
        "since": long_date(facts.since),
        "as_of": long_date(facts.as_of),
        "name_class": "long" if len(facts.holder_name) > 6 else "",
        "site_class": "long" if len(facts.issuer) > 24 else "",
    }


@lru_cache(maxsize=64)
def _ornament(programme: Programme, level: int) -> Ornament:
    """A window on the foot of the programme's large sheet, fainter; the strip of a record; the stars reached."""
    ink, canvas = palette(programme.accent), Canvas(WIDTH, HEIGHT)
    with canvas.window((1.5, 16.5, WIDTH - 3, HEIGHT - 18), scale=0.5, left=-18, top=HEIGHT - 96.5):
        draw_motif(canvas, programme.motif, ink._replace(tint2=ink.tint1, tint3=ink.tint2))
    draw_strip(canvas, ink, left=5, top=13, width=WIDTH - 10)
    canvas.stroke([rounded(1.5, 1.5, WIDTH - 3, HEIGHT - 3, 2.6)], ink.accent, 0.25)
    for index in range(5):
        draw_star(canvas, complex(58.7 + index * 4.9, 22.6), 1.9, ink, full=index < level)
    return Ornament(canvas, canvas.compressed())
