"""Which characters the certificates can print."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

from certificates.errors import GlyphMissing
from certificates.facts import CertificateFacts
from certificates.fonts import MANIFEST, from_ranges

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff]")


def printable() -> frozenset[int]:
    """Code points with a glyph in one of the faces or in the full fonts behind them."""
    return _printable(Path(settings.CERTIFICATE_FONTS_DIR))


@cache
def _printable(directory: Path) -> frozenset[int]:
    manifest = json.loads((directory / MANIFEST).read_text("utf-8"))
    return frozenset(from_ranges([*manifest["coverage"], *manifest["coverage_kai"]]))


def missing(text: str) -> str:
    """The first character of `text` that cannot be printed, or nothing.

    Controls and invisible marks count as missing: Pango draws them as nothing and the sheet would not
    say what its data says.
    """
    known = printable()
    return next((char for char in text if ord(char) not in known or INVISIBLE.match(char)), "")


def require_printable(texts: Iterable[tuple[str, object, str]], *, chosen: bool = False) -> None:
    """Raise `GlyphMissing` for the first (field, label, text) that holds an unknown character.

    `chosen` texts are an officer's own words, who may use others.
    """
    for field, label, text in texts:
        if character := missing(text):
            raise GlyphMissing(character, label=label, field=field, chosen=chosen)


def require_printable_facts(facts: CertificateFacts) -> None:
    """Every word of the facts that the sheet shows."""
    require_printable(facts.texts())
