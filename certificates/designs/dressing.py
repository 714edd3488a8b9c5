"""Puts a design on facts: fills the words, settles drawing and verse, and freezes the version with them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from certificates.design import Design, parts
from certificates.designs.defaults import VERSES
from certificates.designs.slots import values_of
from certificates.enums import Slot
from certificates.errors import TextTooLong, TextUnknown
from certificates.facts import CertificateFacts

MOST_CHARACTERS = {True: 210, False: 300}
"""What the smallest type sets, above the stars or without them."""


def dressed(facts: CertificateFacts, design: Design, *, project: str = "") -> CertificateFacts:
    """The facts as this design prints them; of an honour the heading and the text are the design's.

    `project` is what was honoured, such as 2026年敬老月活动. The package's own designs are not frozen: facts without
    a design print as they always did. Raises `SlotUnknown`, `TextTooLong`.
    """
    frozen = design if design.version else None
    if facts.honour is None:
        return replace(facts, design=frozen)
    motif = facts.programme.motif if design.motif is None else design.motif
    verse = VERSES.get(motif, ()) if design.verse is None else design.verse
    return replace(
        facts,
        design=frozen,
        programme=replace(facts.programme, motif=motif, verse=verse),
        honour=replace(facts.honour, heading=design.heading, text=_filled(facts, design, project)),
    )


def renamed(facts: CertificateFacts, *, name: str, masked: str) -> CertificateFacts:
    """The facts of an honour under another name, its words those of the frozen design, filled anew.

    A name within the name of a place or a project is none. Raises `TextUnknown`, `TextTooLong`.
    """
    new = replace(facts, holder_name=name, holder_masked=masked)
    if facts.honour is None or facts.design is None:  # the package's own words name nobody
        return new
    text = _filled(new, facts.design, _project_of(facts, facts.design))
    return replace(new, honour=replace(facts.honour, text=text))


def _filled(facts: CertificateFacts, design: Design, project: str) -> str:
    text = design.fill(values_of(facts, project=project))
    if len(text) > MOST_CHARACTERS[bool(facts.honour and facts.honour.level)]:
        raise TextTooLong(_("证书正文填好后有{count}个字，印不下。").format(count=len(text)), field="honour")
    return text


def _project_of(facts: CertificateFacts, design: Design) -> str:
    """What was honoured stands in the text alone: where, and how long it is, follows from everything else in it."""
    text = facts.honour.text if facts.honour else ""
    values = {**values_of(facts), Slot.PROJECT.value: ""}
    pieces = list(parts(design.text, tuple(values)))
    places = [at for at, piece in enumerate(pieces) if piece.slot == Slot.PROJECT]
    project = ""
    if places:
        start = sum(len(piece.words or values[piece.slot]) for piece in pieces[: places[0]])
        project = text[start : start + (len(text) - len(design.fill(values))) // len(places)]
    if design.fill({**values, Slot.PROJECT.value: project}) != text:
        raise TextUnknown(_("证书正文和它的样式对不上，没有换名字。请由主管撤销后重新颁发。"), field="honour")
    return project
