"""The inks of a sheet: all derived from the one accent of the tenant's programme."""

from typing import NamedTuple

INK, SOFT, PAPER = "#111111", "#4d4d4d", "#ffffff"
Channels = tuple[float, float, float]


class Palette(NamedTuple):
    """Hex colours for templates; `line` engraves, the tints draw."""

    accent: str
    line: str
    tint1: str
    tint2: str
    tint3: str
    wash: str
    rule: str
    ink: str = INK
    soft: str = SOFT
    paper: str = PAPER


def palette(accent: str) -> Palette:
    """White mixed into the accent by fixed shares, so that every tenant's sheet is equally calm."""
    line, tint1, tint2, tint3, wash = (mix(accent, PAPER, share) for share in (0.36, 0.88, 0.74, 0.54, 0.94))
    return Palette(accent, line, tint1, tint2, tint3, wash, rule=mix("#8f9692", accent, 0.12))


def channels(colour: str) -> Channels:
    """`#rrggbb` as three shares of one."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` of `other` in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)
