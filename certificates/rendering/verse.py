"""A line of verse in upright columns: ornament for the eye, which no screen reader reads between the facts."""

from pathlib import Path as File

from certificates.rendering.canvas import Canvas
from certificates.rendering.lettering import letters_of

SIZE = 4.1


def draw_verse(canvas: Canvas, lines: tuple[str, ...], colour: str, *, font: File, right: float, top: float) -> None:
    """Columns from right to left, each next one starting lower; characters the face lacks are left out."""
    places = [
        (character, complex(right - SIZE - column * 7, top + column * 8.5 + row * SIZE * 1.4 + SIZE * 0.88))
        for column, line in enumerate(lines)
        for row, character in enumerate(line)
    ]
    if places:
        canvas.write(places, colour, letters=letters_of(font, "".join(lines)), size=SIZE)
