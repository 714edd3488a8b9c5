"""Our own cut of a face holds what HarfBuzz's holds, and the QR code the strokes that WeasyPrint would draw."""

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from weasyprint.pdf.fonts import Font

from certificates.fonts import FACES
from certificates.rendering import press
from certificates.rendering.cutting import Cut, Outlines
from certificates.rendering.finishing import drawn_tables
from certificates.rendering.truetype import read_tables
from tests.certificates.rendering.test_press import IMPRINT
from tests.factories.certificates import make_facts, make_honour, make_row

#: What HarfBuzz alone touches, having read no program: the highest zone, and a checksum of tables that are left out.
BEYOND = {b"head": slice(8, 12), b"maxp": slice(14, 16)}


def cut_by(way: str, monkeypatch: pytest.MonkeyPatch, facts: Any) -> dict[str, bytes]:
    """The font files of a sheet by WeasyPrint's names."""
    machine = press.Press(Path(settings.CERTIFICATE_FONTS_DIR))
    seen: list[Any] = []
    real = {"ours": Cut.clean, "harfbuzz": Font.clean}[way]

    def clean(self: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        real(self, to_unicode, hinting)
        seen.append(self)

    monkeypatch.setattr(Cut if way == "ours" else Font, "clean", clean)
    if way == "harfbuzz":
        monkeypatch.setattr(press, "Fonts", lambda _folder, _known: {})
    with press.at_the_press():
        machine.pdf(facts, IMPRINT)
    return {font.name.decode(): drawn_tables(font.file_content) for font in seen}


def plain(file: bytes) -> dict[bytes, bytes]:
    tables = read_tables(file)
    for name, place in BEYOND.items():
        tables[name] = tables[name][: place.start] + tables[name][place.stop :]
    return tables


@pytest.mark.parametrize("facts", [make_honour(), make_facts(rows=tuple(make_row() for _ in range(30)))])
def test_our_faces_are_cut_as_harfbuzz_cuts_them(monkeypatch: pytest.MonkeyPatch, facts: Any) -> None:
    with monkeypatch.context() as patched:
        theirs = cut_by("harfbuzz", patched, facts)
    with monkeypatch.context() as patched:
        ours = cut_by("ours", patched, facts)
    assert {name.split("+")[1] for name in ours} == {"Kai", "Song", "Song-Semi-Bold"}
    assert {name: plain(file) for name, file in ours.items()} == {name: plain(file) for name, file in theirs.items()}


def test_a_cut_too_large_for_a_short_table_of_places_has_a_long_one() -> None:
    face = Outlines((Path(settings.CERTIFICATE_FONTS_DIR) / FACES[0].file).read_bytes())
    glyphs = range(2, 2000)
    again = Outlines(face.cut(glyphs))
    assert again.tables[b"head"][51] == 1
    assert [again._outline(glyph) for glyph in glyphs] == [face._outline(glyph) for glyph in glyphs]
    assert again.metrics[8:] == face.metrics[8 : 4 * 2000]


def test_a_sheet_prints_the_same_whatever_was_printed_before() -> None:
    def printed(*sheets: Any) -> bytes:
        machine = press.Press(Path(settings.CERTIFICATE_FONTS_DIR))
        with press.at_the_press():
            return [machine.pdf(facts, IMPRINT) for facts in sheets][-1]

    assert printed(make_honour()) == printed(make_facts(), make_honour())


def strokes(pdf: bytes) -> list[tuple[float, ...]]:
    """From where to where the strokes of the code go, in its modules."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        text = opened.pages[0].Contents.read_bytes().decode()
    drawn = re.findall(r"([\d.]+) ([\d.]+) m\s+([\d.]+) ([\d.]+) l", text)
    return [tuple(map(float, one)) for one in drawn]


def test_the_code_has_the_strokes_that_weasyprint_would_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = strokes(press.print_certificate(make_honour(), IMPRINT))
    monkeypatch.setattr(press, "draw_codes_at_once", lambda _document: None)
    theirs = strokes(press.print_certificate(make_honour(), IMPRINT))
    assert (ours == theirs, len(ours) > 150) == (True, True)
