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
_BESIDE_VERSE, _BESIDE_EMBLEM = 212.0, 120.0
_ABOVE_STARS, _ABOVE_FOOT = 118.0, 138.0


def bounds_of(facts: CertificateFacts) -> tuple[Bound, ...]:
    """Of the first page: an honour's frame closes at 192 mm, a record's foot is 47 mm high."""
    if facts.honour is None:
        wide = _BESIDE_EMBLEM if facts.design and facts.design.emblem else 0
        return (
            _BRAND._replace(wide=wide),
            _HEADING._replace(wide=wide),
            Bound("statement", "text", _("正文"), lines=5),
            Bound("body", "signatories", _("签发人"), tall=47),
        )
    return (
        _BRAND._replace(wide=_BESIDE_VERSE),
        _HEADING._replace(wide=_BESIDE_VERSE),
        Bound("text", "text", _("正文"), bottom=_ABOVE_STARS if facts.honour.level else _ABOVE_FOOT),
        Bound("body", "signatories", _("签发人"), bottom=188),
    )


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
