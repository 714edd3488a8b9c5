"""Puts a design on facts: fills the words, settles drawing and verse, and freezes the version with them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from certificates.design import Design
from certificates.designs.defaults import VERSES
from certificates.designs.slots import values_of
from certificates.errors import TextTooLong
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
    text = design.fill(values_of(facts, project=project))
    if len(text) > MOST_CHARACTERS[bool(facts.honour.level)]:
        raise TextTooLong(_("证书正文填好后有{count}个字，印不下。").format(count=len(text)), field="honour")
    return replace(
        facts,
        design=frozen,
        programme=replace(facts.programme, motif=motif, verse=verse),
        honour=replace(facts.honour, heading=design.heading, text=text),
    )
