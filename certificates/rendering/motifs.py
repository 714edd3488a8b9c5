"""The drawings of the programmes: a tuft of grass, two clasping bundles of lines, karst hills at a river."""

import math
import random
from contextlib import nullcontext

from certificates.enums import Motif
from certificates.rendering.canvas import Canvas, Path
from certificates.rendering.colours import Palette
from certificates.rendering.frame import LYING, Sheet, spline

# centre, half width, height, lean in mm; the far peaks first, each covers what stands behind it
FAR = (
    (35, 11, 11, -2), (58, 12, 15, 2), (104, 15, 26, 3), (125, 12, 42, -2), (152, 16, 31, 3),
    (172, 11, 36, 2), (195, 15, 18, -3), (228, 13, 9, 2), (257, 13, 12, 2),
)  # fmt: skip
NEAR = (
    (46, 11, 8, 1), (71, 12, 7, 2), (113, 12, 17, -1), (139, 13, 20, 2), (163, 11, 15, 2),
    (183, 13, 10, 2), (215, 13, 6, -2), (244, 12, 7, 1), (266, 9, 7, 1),
)  # fmt: skip


def draw_motif(canvas: Canvas, motif: Motif, ink: Palette, *, sheet: Sheet = LYING) -> None:
    """At the foot of a sheet, inside its frame."""
    if motif == Motif.GRASS:
        draw_meadow(canvas, ink, sheet)
    elif motif == Motif.CLASP:
        draw_clasp(canvas, ink, sheet)
    elif motif == Motif.HILLS:
        draw_hills(canvas, ink, sheet)


def blade(root: complex, height: float, lean: float, width: float) -> Path:
    """A tapered blade of grass: two edges that meet in a point."""
    tip = root + complex(lean, -height)
    low, high = root + complex(lean * 0.05, -height * 0.45), root + complex(lean * 0.45, -height * 0.86)
    return (
        Path()
        .move(root - width / 2)
        .curve(low - width * 0.55, high - width * 0.1, tip)
        .curve(high + width * 0.28, low + width * 0.5, root + width / 2)
        .close()
    )


def draw_meadow(canvas: Canvas, ink: Palette, sheet: Sheet) -> None:
    """Three depths of blades in one wind, thinning out from the middle to single blades."""
    chance = random.Random(3)  # noqa: S311 - a drawing, the same every time
    left, right, ground, count, focus, spread = 18, sheet.width - 18, sheet.height - 18, 170, 0.5, 0.1
    tall = 38 if sheet.stands else 46
    for colour, share, size in ((ink.tint1, 0.42, 1.0), (ink.tint2, 0.36, 0.76), (ink.tint3, 0.22, 0.5)):
        blades = []
        for _ in range(int(count * share)):
            far = chance.gauss(0, 1)
            u = focus + spread * far * (1 + 0.5 * abs(far))
            if not 0.004 < u < 0.985:
                continue
            near = math.exp(-(((u - focus) / (spread * 1.25)) ** 2))
            height = tall * size * (0.1 + 0.9 * near) * chance.uniform(0.55, 1.05)
            lean = height * chance.uniform(0.1, 0.62) * (1 if chance.random() < 0.82 else -0.5)
            blades.append(blade(complex(left + (right - left) * u, ground), height, lean, 0.5 + height * 0.026))
        canvas.fill(blades, colour)


def draw_clasp(canvas: Canvas, ink: Palette, sheet: Sheet) -> None:
    """Two bundles of parallel lines twisted round each other, over and under by turns.

    One is the other upside down, and what lies above is the whole bundle again, cut to a window at the crossing: the
    same words seven times, which deflate to those of one.
    """
    start, length, middle = 17.8, sheet.width - 35.6, sheet.height - 32
    swing, turns, lines, gap = 9, 3 if sheet.stands else 5, 6, 1.15
    half = gap * (lines - 1) / 2

    def centre(u: float) -> complex:
        swell = 0.5 + 0.5 * math.sin(math.pi * u) ** 2
        return complex(start + length * u, middle + swing * swell * math.sin(math.pi * turns * (u - 0.5)))

    def edge(u: float, offset: float) -> complex:
        way = centre(u + 1e-4) - centre(u - 1e-4)
        return centre(u) + way / abs(way) * 1j * offset

    bundle = [spline([edge(i / 30, k * gap - half) for i in range(31)]) for k in range(lines)]
    strands = (ink.tint2, False), (ink.tint3, True)
    for colour, turned in strands:
        with canvas.upside_down(middle, turned):
            canvas.stroke(bundle, colour, 0.3)
    margin = half + gap * 1.1
    for turn in range(turns):  # crossings lie at the middle of each turn
        colour, turned = strands[turn % 2]
        places = [(turn + 0.14 + 0.72 * i / 8) / turns for i in range(9)]
        outline = [edge(u, margin) for u in places] + [edge(u, -margin) for u in reversed(places)]
        gapless = Path().move(outline[0])
        for point in outline[1:]:
            gapless.line(point)
        with canvas.upside_down(middle, turned), canvas.within(gapless.close(), ink.paper):
            canvas.stroke(bundle, colour, 0.3)


def draw_hills(canvas: Canvas, ink: Palette, sheet: Sheet) -> None:
    """Karst towers as a woodcut has them: a ridge and the same line again and again inside it.

    A sheet that stands shows the middle of them.
    """
    ground, ribs, aside = sheet.height - 29.0, 6, (sheet.width - LYING.width) / 2
    with canvas.clipped((18, ground - 60, sheet.width - 36, 72)) if sheet.stands else nullcontext():
        _draw_towers(canvas, ink, ground, ribs, aside, size=0.8 if sheet.stands else 1)
    draw_river(canvas, ink, left=18.5, right=sheet.width - 18.5, top=ground)


def _draw_towers(canvas: Canvas, ink: Palette, ground: float, ribs: int, aside: float, *, size: float) -> None:
    for peaks, colour in ((FAR, ink.tint2), (NEAR, ink.tint3)):
        for centre, half, tall, lean in peaks:
            lines, height = [], tall * size
            for rib in range(ribs):
                f = (1 - rib / ribs) ** 0.92
                c = 1 + aside + centre + half * 0.2 * (1 - f) * (1 if lean >= 0 else -1)
                w, top, s = half * f, ground - height * f, lean * f
                lines.append(
                    Path()
                    .move(complex(c - w, ground))
                    .curve(
                        complex(c - w * 0.7, ground - height * f * 0.16),
                        complex(c - w * 0.66 + s, top),
                        complex(c + s, top),
                    )
                    .curve(
                        complex(c + w * 0.5 + s, top),
                        complex(c + w * 0.5, ground - height * f * 0.3),
                        complex(c + w, ground),
                    )
                )
            canvas.fill([Path([*lines[0], "h"])], ink.paper)
            canvas.stroke(lines, colour, 0.25)


def draw_river(canvas: Canvas, ink: Palette, *, left: float, right: float, top: float) -> None:
    """Water as broken level strokes that grow wider apart towards the reader."""
    chance = random.Random(4)  # noqa: S311 - a drawing, the same every time
    strokes, y = [], top
    for row in range(4):
        y += 1.1 + row * 0.42
        x = left + chance.uniform(0, 26)
        while x < right - 12:
            run = min(chance.uniform(16, 70), right - x)
            strokes.append(Path().move(complex(x, y)).line(complex(x + run, y)))
            x += run + chance.uniform(6, 40)
    canvas.stroke(strokes, ink.tint2, 0.3)


def draw_level(canvas: Canvas, level: int, ink: Palette, *, middle: float, top: float) -> None:
    """Five stars in a row, the earned ones filled; the words beside them say it too."""
    for index in range(5):
        draw_star(canvas, complex(middle + (index - 2) * 9.5, top), 3.4, ink, full=index < level)


def draw_star(canvas: Canvas, centre: complex, radius: float, ink: Palette, *, full: bool) -> None:
    """One star, filled or in outline."""
    star = _star(centre, radius)
    if full:
        canvas.fill([star], ink.accent)
    canvas.stroke([star], ink.accent if full else ink.tint3, 0.3)


def _star(centre: complex, radius: float) -> Path:
    path = Path()
    for point in range(10):
        reach = radius if point % 2 == 0 else radius * 0.42
        angle = math.radians(-90 + 36 * point)
        corner = centre + reach * complex(math.cos(angle), math.sin(angle))
        path = path.line(corner) if point else path.move(corner)
    return path.close()
