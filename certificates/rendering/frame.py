"""Engraved frames: a guilloche that runs round the corners, and its straight strip."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from certificates.rendering.canvas import Canvas, Path
from certificates.rendering.colours import Palette

Along = Callable[[float], tuple[complex, complex]]
HANDLE = 0.3642  # of a half wave: the cubic from crest to trough is a sine to within 0.3 %


class Sheet(NamedTuple):
    """Millimetres of a page."""

    width: float
    height: float

    @property
    def stands(self) -> bool:
        """Higher than wide."""
        return self.height > self.width


LYING, STANDING = Sheet(297, 210), Sheet(210, 297)


def spline(points: list[complex], pull: float = 1.0) -> Path:
    """A smooth line through `points` (Catmull-Rom as cubics)."""
    path = Path().move(points[0])
    last = len(points) - 1
    for i in range(last):
        before, here, there, after = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, last)]
        path.curve(here + (there - before) * pull / 6, there - (after - here) * pull / 6, there)
    return path


def rounded(x: float, y: float, w: float, h: float, r: float) -> Path:
    """A rounded rectangle; arcs as cubics."""
    k = r * 0.5523
    return (
        Path()
        .move(complex(x + r, y))
        .line(complex(x + w - r, y))
        .curve(complex(x + w - r + k, y), complex(x + w, y + r - k), complex(x + w, y + r))
        .line(complex(x + w, y + h - r))
        .curve(complex(x + w, y + h - r + k), complex(x + w - r + k, y + h), complex(x + w - r, y + h))
        .line(complex(x + r, y + h))
        .curve(complex(x + r - k, y + h), complex(x, y + h - r + k), complex(x, y + h - r))
        .line(complex(x, y + r))
        .curve(complex(x, y + r - k), complex(x + r - k, y), complex(x + r, y))
        .close()
    )


def perimeter(x: float, y: float, w: float, h: float, r: float) -> tuple[float, Along]:
    """Length of a rounded rectangle, and the point and outward normal at a way along it, clockwise."""
    quarter = math.pi * r / 2
    parts = [
        (w - 2 * r, complex(x + r, y), 0),
        (quarter, complex(x + w - r, y + r), -90),
        (h - 2 * r, complex(x + w, y + r), 90),
        (quarter, complex(x + w - r, y + h - r), 0),
        (w - 2 * r, complex(x + w - r, y + h), 180),
        (quarter, complex(x + r, y + h - r), 90),
        (h - 2 * r, complex(x, y + h - r), 270),
        (quarter, complex(x + r, y + r), 180),
    ]
    total = sum(length for length, _, _ in parts)

    def along(way: float) -> tuple[complex, complex]:
        way %= total
        index = 0
        while index < len(parts) - 1 and way > parts[index][0]:
            way -= parts[index][0]
            index += 1
        _, origin, degrees = parts[index]
        angle = math.radians(degrees)
        if index % 2 == 0:
            direction = complex(math.cos(angle), math.sin(angle))
            return origin + direction * way, direction * -1j
        outward = complex(math.cos(angle + way / r), math.sin(angle + way / r))
        return origin + outward * r, outward

    return total, along


def guilloche(total: float, along: Along, *, amplitude: float, waves: int, strands: int, beads: int) -> list[Path]:
    """Sine strands of shifted phase whose amplitude swells `beads` times on the way round: the first half of them.

    With `waves` and `beads` even, the other half is the same turned round the middle.
    """
    half = total / waves / 2
    paths = []
    for strand in range(strands):
        nodes = []
        for i in range(waves + 1):
            u = (i / 2 + strand / strands) / waves
            base, normal = along(u * total)
            swell = 0.6 + 0.4 * math.cos(2 * math.pi * beads * u)
            offset = amplitude * swell * (-1) ** i
            (ahead, out_a), (behind, out_b) = along(u * total + 0.05), along(u * total - 0.05)
            bent = abs(ahead + out_a * offset - behind - out_b * offset) / 0.1
            nodes.append((base + normal * offset, normal * 1j * HANDLE * half * bent))
        path = Path().move(nodes[0][0])
        for (p1, t1), (p2, t2) in pairwise(nodes):
            path.curve(p1 + t1, p2 - t2, p2)
        paths.append(path)
    return paths


def draw_frame(canvas: Canvas, ink: Palette, *, woven: bool = True, sheet: Sheet = LYING) -> None:
    """The frame of an A4 sheet: margins of 9 mm, since office printers do not bleed."""
    width, height = sheet
    if woven:
        total, along = perimeter(13.4, 13.4, width - 26.8, height - 26.8, 5.6)
        canvas.stroke_turned(guilloche(total, along, amplitude=2.5, waves=64, strands=4, beads=32), ink.line)
    canvas.stroke([rounded(9, 9, width - 18, height - 18, 9)], ink.accent, 0.6)
    canvas.stroke([rounded(17.8, 17.8, width - 35.6, height - 35.6, 1.2)], ink.accent, 0.25)


def draw_strip(canvas: Canvas, ink: Palette, *, left: float, top: float, width: float, woven: bool = True) -> None:
    """The frame's weave laid out straight between a thick and a thin line."""
    if woven:
        _weave(canvas, ink, left=left, top=top, width=width)
    for drop, thickness in ((0.3, 0.6), (3.25, 0.25)):
        ends = complex(left, top + drop), complex(left + width, top + drop)
        canvas.stroke([Path().move(ends[0]).line(ends[1])], ink.accent, thickness)


def _weave(canvas: Canvas, ink: Palette, *, left: float, top: float, width: float) -> None:
    swellings = 15  # of two waves each; the weave repeats with them
    step = width / swellings
    strands = []
    for strand in range(3):
        points = []
        for i in range(-1, 12):
            u = (i / 4 - strand / 3) / 2
            rise = 1.1 * (0.62 + 0.38 * math.cos(2 * math.pi * u)) * math.sin(math.pi / 2 * i)
            points.append(complex(left + step * u, top + 1.7 + rise))
        strands.append(spline(points, pull=1.11))
    box = (left, top, width, 3.4)
    canvas.stroke_repeated(strands, ink.line, step=step, times=swellings, clip=box)
