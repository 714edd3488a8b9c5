"""The inks of a sheet: all derived from the one accent of the tenant's programme."""

import math
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


READABLE = 5
"""Contrast of type against what lies behind it; WCAG 2, 1.4.3 asks for 4.5."""


def fading(ink: Palette, darkest: float) -> float:
    """The share of its contrast with the paper that a picture keeps, so that each ink of a sheet is read on it.

    `darkest` is its lowest channel, from 0 to 1.
    """
    brightest = max(luminance(colour) for colour in (ink.ink, ink.soft, ink.accent))
    least = min(1.0, READABLE * (brightest + 0.05) - 0.05)
    grey = 12.92 * least if least <= 0.0031308 else 1.055 * least ** (1 / 2.4) - 0.055
    return 1.0 if darkest >= grey else math.floor(1000 * (1 - grey) / (1 - darkest)) / 1000


def luminance(colour: str) -> float:
    """As WCAG 2 reckons it."""
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` of `other` in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)
