"""What of a sheet is the tenant's choice: wording, background, emblem, signatories; frozen with the facts."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from django.utils.translation import gettext_lazy as _

from certificates.enums import Frame, Motif, Slot
from certificates.errors import SlotUnknown

_SLOT = re.compile(r"\{(.*?)\}", re.S)


LATER = ("upright", "background")
"""Fields that designs once did without: unset, they do not appear in what is frozen."""


class Part(NamedTuple):
    """A piece of a text: words as they stand, or the name of a slot."""

    words: str
    slot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs: `title` may be empty."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emblem:
    """The tenant's own mark, found by the SHA-256 of its bytes; `form` is `png` or `svg`."""

    sha256: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The tenant's own picture behind an honour, instead of a drawing; `form` is `jpg` or `svg`."""

    sha256: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """One version. `version` is `honour.star/3`, or empty for what comes with the package.

    `motif` and `verse` are None where the programme's own are meant. `text` holds slots such as `{hours}`.
    `upright` turns the sheet of an honour; a record always stands.
    """

    heading: str
    text: str
    version: str = ""
    motif: Motif | None = None
    frame: Frame = Frame.ENGRAVED
    verse: tuple[str, ...] | None = None
    emblem: Emblem | None = None
    signatories: tuple[Signatory, ...] = ()
    upright: bool = False
    background: Background | None = None

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with the value of each slot in its place; raises `SlotUnknown` for one that has none."""
        return "".join(values[part.slot] if part.slot else part.words for part in parts(self.text, tuple(values)))

    def texts(self) -> Iterator[tuple[str, object, str]]:
        """(field, label, text) of what is printed beside the facts."""
        yield "heading", _("标题"), self.heading
        yield "text", _("正文"), "".join(part.words for part in parts(self.text, tuple(Slot)))
        yield "verse", _("诗句"), "".join(self.verse or ())
        for signatory in self.signatories:
            yield "signatories", _("签发人"), signatory.name + signatory.title

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `asdict` made of one."""
        emblem, motif, verse = data["emblem"], data["motif"], data["verse"]
        background = data.get("background")
        made = {
            "motif": Motif(motif) if motif is not None else None,
            "frame": Frame(data["frame"]),
            "verse": tuple(verse) if verse is not None else None,
            "emblem": Emblem(**emblem) if emblem else None,
            "background": Background(**background) if background else None,
            "signatories": tuple(Signatory(**one) for one in data["signatories"]),
        }
        return cls(**{**data, **made})


def parts(text: str, slots: Collection[str]) -> Iterator[Part]:
    """The text cut at its slots; raises `SlotUnknown`, naming the first that is not one of `slots`."""
    at = 0
    for found in _SLOT.finditer(text):
        yield from _plain(text[at : found.start()])
        if found[1] not in slots:
            raise SlotUnknown(found[0], known=slots)
        yield Part("", found[1])
        at = found.end()
    yield from _plain(text[at:])


def require_slots(text: str, known: Collection[str]) -> None:
    """Raise `SlotUnknown` for the first slot of the text that is not known."""
    list(parts(text, known))


def _plain(words: str) -> Iterator[Part]:
    """A brace that opens or closes nothing is a slip of the pen, never meant to be printed."""
    if stray := re.search(r"[{}].{0,8}", words):
        raise SlotUnknown(stray[0], known=())
    if words:
        yield Part(words)
