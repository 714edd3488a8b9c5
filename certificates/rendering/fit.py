"""Whether everything has its place on a laid-out sheet: what would run into its neighbour, by name."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from certificates.facts import CertificateFacts

_MM = 25.4 / 96  # of a CSS pixel


class Bound(NamedTuple):
    """A block of a sheet, by its class or element, and the room it has in mm; 0 is for as much as it likes.

    `bottom` is how far down it may reach from the top of the page, `tall` its height, `wide` the width of a line.
    """

    block: str
    field: str
    label: object
    bottom: float = 0
    tall: float = 0
    wide: float = 0
    lines: int = 0


_BRAND = Bound("brand", "programme", _("品牌名称"), lines=1)
_HEADING = Bound("h1", "heading", _("标题"), lines=1)
_BESIDE_EMBLEM = 120.0


class Room(NamedTuple):
    """Of a sheet of honour, in mm: width beside the verse, and how far down text and bodies may reach."""

    beside_verse: float
    above_stars: float
    above_foot: float
    bodies: float


_LYING = Room(beside_verse=212, above_stars=118, above_foot=138, bodies=188)
_STANDING = Room(beside_verse=124, above_stars=181, above_foot=196, bodies=246)
_BROAD, _SHORT_VERSE = 172.0, 5
"""An upright sheet's title stands below a short verse and has the whole width."""


def bounds_of(facts: CertificateFacts) -> tuple[Bound, ...]:
    """Of the first page: an honour's frame closes 18 mm above its lower edge, a record's foot is 47 mm high."""
    if facts.honour is None:
        wide = _BESIDE_EMBLEM if facts.design and facts.design.emblem else 0
        return (
            _BRAND._replace(wide=wide),
            _HEADING._replace(wide=wide),
            Bound("statement", "text", _("正文"), lines=5),
            Bound("body", "signatories", _("签发人"), tall=47),
        )
    upright = facts.design is not None and facts.design.upright
    room = _room(facts, upright=upright)
    below = upright and all(len(line) <= _SHORT_VERSE for line in facts.programme.verse)
    return (
        _BRAND._replace(wide=room.beside_verse),
        _HEADING._replace(wide=_BROAD if below else room.beside_verse),
        Bound("text", "text", _("正文"), bottom=room.above_stars if facts.honour.level else room.above_foot),
        Bound("body", "signatories", _("签发人"), bottom=room.bodies),
    )


def _room(facts: CertificateFacts, *, upright: bool) -> Room:
    if not upright:
        return _LYING
    # Two bodies stand above the QR code, one beside it.
    return _STANDING if len(facts.bodies) == 1 else _STANDING._replace(bodies=231)


def overflowing(document: Any, facts: CertificateFacts) -> Iterator[tuple[str, object]]:
    """(field, label) of each block that has not enough room."""
    page = document.pages[0]._page_box
    blocks = [(_names_of(box), box) for box in page.descendants(placeholders=True) if box.element is not None]
    for bound in bounds_of(facts):
        if not all(_fits(box, bound) for names, box in blocks if bound.block in names):
            yield bound.field, bound.label


def _names_of(box: Any) -> set[str]:
    """Classes and element of a block's own box; nothing for its lines and inline parts."""
    if type(box).__name__ != "BlockBox" or box.element.tag in ("html", "body"):
        return set()
    return {box.element.tag, *box.element.get("class", "").split()}


def _fits(box: Any, bound: Bound) -> bool:
    height = box.margin_height()
    lines = [child for child in box.children if type(child).__name__ == "LineBox"]
    return (
        (not bound.bottom or (box.position_y + height) * _MM <= bound.bottom)
        and (not bound.tall or height * _MM <= bound.tall)
        and (not bound.wide or max((line.width for line in lines), default=0) * _MM <= bound.wide)
        and (not bound.lines or len(lines) <= bound.lines)
    )
