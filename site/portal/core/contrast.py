"""Whether a tenant's six colours can be read: WCAG contrast of every pair that the style sheets derive from them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Colour = tuple[float, float, float]
"""sRGB, each channel 0 … 1."""

WHITE: Colour = (1.0, 1.0, 1.0)

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def parse(text: str) -> Colour:
    """`#rgb` or `#rrggbb`; anything else is a ValueError."""
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    digits = found[1] if len(found[1]) == 6 else "".join(char * 2 for char in found[1])
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def hexed(colour: Colour) -> str:
    """#rrggbb."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)


def mix(colour: Colour, share: float, ground: Colour) -> Colour:
    """`color-mix(in oklab, colour share, ground)`, clipped to sRGB as a screen does."""
    first, second = _oklab(colour), _oklab(ground)
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(first, second, strict=True))
    return _srgb((red, green, blue))


def ratio(one: Colour, other: Colour) -> float:
    """WCAG 2 contrast, 1 … 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True, slots=True)
class Palette:
    """The six properties that a tenant sets, and the accent of elder mode, which stands on white."""

    accent: Colour
    accent_deep: Colour
    on_accent: Colour
    lamp: Colour
    paper: Colour
    ink: Colour
    elder_accent: Colour
    elder_accent_deep: Colour


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing seen on another: what it should reach and what it does."""

    front: str
    ground: str
    least: float
    reached: float

    @property
    def readable(self) -> bool:
        return self.reached >= self.least


def pairs(palette: Palette) -> Iterator[Pair]:
    """Every pair of the look's table; the shares are those of tokens.css."""
    p = palette
    soft, edge = mix(p.ink, 0.76, p.paper), mix(p.ink, 0.62, p.paper)
    tint, tint_deep = mix(p.accent, 0.05, p.paper), mix(p.accent, 0.11, p.paper)
    rule_firm = mix(p.accent, 0.72, p.paper)
    yield Pair("ink", "paper", 7, ratio(p.ink, p.paper))
    yield Pair("ink_soft", "paper", 7, ratio(soft, p.paper))
    yield Pair("ink_soft", "tint", 4.5, ratio(soft, tint))
    yield Pair("accent", "paper", 7, ratio(p.accent, p.paper))
    yield Pair("accent", "tint_deep", 4.5, ratio(p.accent, tint_deep))
    yield Pair("accent_deep", "paper", 7, ratio(p.accent_deep, p.paper))
    yield Pair("on_accent", "accent", 4.5, ratio(p.on_accent, p.accent))
    yield Pair("on_accent", "accent_deep", 4.5, ratio(p.on_accent, p.accent_deep))
    yield Pair("ink", "lamp", 7, ratio(p.ink, p.lamp))
    yield Pair("rule_firm", "paper", 3, ratio(rule_firm, p.paper))
    yield Pair("edge", "field", 3, ratio(edge, WHITE))
    yield Pair("elder_accent", "white", 7, ratio(p.elder_accent, WHITE))
    yield Pair("elder_accent_deep", "white", 7, ratio(p.elder_accent_deep, WHITE))
    yield Pair("on_accent", "elder_accent", 4.5, ratio(p.on_accent, p.elder_accent))


def failures(palette: Palette) -> list[Pair]:
    """The pairs that cannot be read well enough."""
    return [pair for pair in pairs(palette) if not pair.readable]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _times(matrix: tuple[Colour, Colour, Colour], vector: Colour) -> Colour:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _oklab(colour: Colour) -> Colour:
    red, green, blue = (_linear(channel) for channel in colour)
    long, medium, short = (value ** (1 / 3) for value in _times(_TO_LMS, (red, green, blue)))
    return _times(_TO_LAB, (long, medium, short))


def _srgb(lab: Colour) -> Colour:
    long, medium, short = (value**3 for value in _times(_FROM_LAB, lab))
    red, green, blue = (_gamma(channel) for channel in _times(_FROM_LMS, (long, medium, short)))
    return red, green, blue
