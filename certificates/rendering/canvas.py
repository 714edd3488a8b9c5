"""Line drawings as PDF operators, in millimetres from the top left.

An ornament never changes between two certificates. Drawn here, once, it goes into each file as a ready
compressed form; as SVG it would cost WeasyPrint 60-90 ms every time.
"""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pydyf

from certificates.rendering.colours import channels
from certificates.rendering.lettering import Letters

POINTS = 72 / 25.4


def number(value: float) -> str:
    """A coordinate to 0.01 mm."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Path(list[str]):
    """Path operators over complex points; y grows downwards."""

    def _add(self, operator: str, *points: complex) -> "Path":
        self.append(" ".join(f"{number(p.real)} {number(p.imag)}" for p in points) + f" {operator}")
        return self

    def move(self, to: complex) -> "Path":
        """Begin a new line."""
        return self._add("m", to)

    def line(self, to: complex) -> "Path":
        """Straight on."""
        return self._add("l", to)

    def curve(self, first: complex, second: complex, to: complex) -> "Path":
        """A cubic with its two handles."""
        return self._add("c", first, second, to)

    def close(self) -> "Path":
        """Back to the start."""
        self.append("h")
        return self


class Picture(NamedTuple):
    """Pixels as a PDF holds them: deflated, one byte each, and the colours they stand for, three bytes each."""

    data: bytes
    width: int
    height: int
    palette: bytes


class Photo(NamedTuple):
    """A JPEG in RGB as it is; `lowest` is what its black is printed as, from 0 to 1."""

    data: bytes
    width: int
    height: int
    lowest: float


class Canvas:
    """Strokes and fills of one page, at last one form XObject."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.thicker = 1.0
        self.pictures: list[Picture | Photo] = []
        self.letters: list[Letters] = []
        self.operators = [f"{POINTS:.6f} 0 0 {-POINTS:.6f} 0 {height * POINTS:.3f} cm 1 j"]

    def stroke(self, paths: Iterable[Path], colour: str, width: float = 0.2) -> None:
        """Lines of one width; nothing under 0.2 mm, which office printers lose."""
        self._paint(paths, f"{self._colour(colour)} RG {number(width * self.thicker)} w", "S")

    def stroke_repeated(
        self, paths: list[Path], colour: str, *, step: float, times: int, clip: tuple[float, float, float, float]
    ) -> None:
        """The same lines again and again to the right, within a box: same words, so they deflate to next to nothing."""
        self.operators.append("q " + " ".join(map(number, clip)) + " re W n")
        for _ in range(times):
            self.stroke(paths, colour)
            self.operators.append(f"1 0 0 1 {step:.4f} 0 cm")
        self.operators.append("Q")

    def stroke_turned(self, paths: list[Path], colour: str) -> None:
        """The lines, and once more turned by half a circle round the middle of the sheet."""
        self.stroke(paths, colour)
        self.operators.append(f"q -1 0 0 -1 {number(self.width)} {number(self.height)} cm")
        self.stroke(paths, colour)
        self.operators.append("Q")

    @contextmanager
    def window(
        self, box: tuple[float, float, float, float], *, scale: float, left: float, top: float
    ) -> Iterator[None]:
        """What is drawn inside is smaller, moved and cut to the box (x, y, width, height); its lines stay as thick."""
        self.operators.append("q " + " ".join(map(number, box)) + " re W n")
        self.operators.append(f"{number(scale)} 0 0 {number(scale)} {number(left)} {number(top)} cm")
        self.thicker = 1 / scale
        yield
        self.thicker = 1.0
        self.operators.append("Q")

    @contextmanager
    def clipped(self, box: tuple[float, float, float, float]) -> Iterator[None]:
        """What is drawn inside is cut to the box (x, y, width, height)."""
        self.operators.append("q " + " ".join(map(number, box)) + " re W n")
        yield
        self.operators.append("Q")

    @contextmanager
    def within(self, outline: Path, paper: str) -> Iterator[None]:
        """What is drawn inside covers what lies there, and is cut to the outline."""
        self.operators += ["q", f"{self._colour(paper)} rg", *outline, "f", *outline, "W n"]
        yield
        self.operators.append("Q")

    @contextmanager
    def upside_down(self, middle: float, turned: bool) -> Iterator[None]:
        """What is drawn inside is mirrored at a height, if `turned`."""
        self.operators.append(f"q 1 0 0 -1 0 {number(2 * middle)} cm" if turned else "q")
        yield
        self.operators.append("Q")

    def place(self, picture: Picture | Photo, *, left: float, top: float, width: float, height: float) -> None:
        """A picture, upright: its own space has y growing upwards."""
        box = f"{number(width)} 0 0 {number(-height)} {number(left)} {number(top + height)}"
        self.operators.append(f"q {box} cm /p{len(self.pictures)} Do Q")
        self.pictures.append(picture)

    def write(self, places: list[tuple[str, complex]], colour: str, *, letters: Letters, size: float) -> None:
        """Characters, each with the left end of its base line."""
        self.operators.append(f"BT {self._colour(colour)} rg /f{len(self.letters)} {number(size)} Tf")
        for character, place in places:
            if code := letters.code(character):
                self.operators.append(f"1 0 0 -1 {number(place.real)} {number(place.imag)} Tm {code} Tj")
        self.operators.append("ET")
        self.letters.append(letters)

    def fill(self, paths: Iterable[Path], colour: str, *, even_odd: bool = False) -> None:
        """Flat areas."""
        self._paint(paths, f"{self._colour(colour)} rg", "f*" if even_odd else "f")

    def _paint(self, paths: Iterable[Path], style: str, operator: str) -> None:
        self.operators.append(style)
        self.operators += [step for path in paths for step in path]
        self.operators.append(operator)

    @staticmethod
    def _colour(colour: str) -> str:
        return " ".join(f"{share:.3f}" for share in channels(colour))

    def compressed(self) -> bytes:
        """The operators, deflated once for every file they go into."""
        return zlib.compress("\n".join(self.operators).encode(), 9)

    def form(self, data: bytes, pdf: pydyf.PDF) -> Any:
        """A form XObject of `compressed()` data for one file, its pictures and letters added to the file."""
        box = pydyf.Array([0, 0, round(self.width * POINTS, 3), round(self.height * POINTS, 3)])
        extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Filter": "/FlateDecode"}
        resources = pydyf.Dictionary()
        if self.pictures:
            streams = [_photo(one) if isinstance(one, Photo) else _image(one, pdf) for one in self.pictures]
            for stream in streams:
                pdf.add_object(stream)
            resources["XObject"] = pydyf.Dictionary(
                {f"p{index}": stream.reference for index, stream in enumerate(streams)}
            )
        if self.letters:
            fonts = {f"f{index}": letters.add_to(pdf) for index, letters in enumerate(self.letters)}
            resources["Font"] = pydyf.Dictionary(fonts)
        return pydyf.Stream([data], {**extra, "Resources": resources})


def _photo(photo: Photo) -> pydyf.Stream:
    extra = {
        **_sized(photo),
        "ColorSpace": "/DeviceRGB",
        "Decode": pydyf.Array([round(photo.lowest, 3), 1] * 3),
        "Filter": "/DCTDecode",
    }
    return pydyf.Stream([photo.data], extra)


def _image(picture: Picture, pdf: pydyf.PDF) -> pydyf.Stream:
    last = len(picture.palette) // 3 - 1
    colours = pydyf.Array(["/Indexed", "/DeviceRGB", last, f"<{picture.palette.hex()}>"])
    pdf.add_object(colours)  # on its own it is deflated with the other objects
    return pydyf.Stream([picture.data], {**_sized(picture), "ColorSpace": colours.reference, "Filter": "/FlateDecode"})


def _sized(picture: Picture | Photo) -> dict[str, Any]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.width,
        "Height": picture.height,
        "BitsPerComponent": 8,
    }
