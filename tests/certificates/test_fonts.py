"""The cut faces: what they hold, and what happens when their sources are missing."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from certificates import fonts as module
from certificates.fonts import FACES, FontsMissing, as_ranges, characters, from_ranges, prepare_fonts, source_paths
from certificates.outlines import cut


def test_each_face_holds_the_whole_standard_table_in_its_order(certificate_fonts: Path) -> None:
    wanted = characters()
    for face in FACES:
        with TTFont(certificate_fonts / face.file, lazy=True) as font:
            cmap = font.getBestCmap()
        assert len(wanted) > 8105
        assert [code for code in wanted if code not in cmap] == []


def test_prepared_fonts_are_not_cut_again(certificate_fonts: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in certificate_fonts.iterdir()}
    assert prepare_fonts(certificate_fonts) is False
    assert {path: path.stat().st_mtime_ns for path in certificate_fonts.iterdir()} == before


def test_every_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "FONT_FOLDERS", (tmp_path,))
    monkeypatch.setattr(module, "UNIHAN", tmp_path / "none")
    with pytest.raises(FontsMissing) as problem:
        prepare_fonts(tmp_path / "fonts")
    assert problem.value.packages == ["fonts-lxgw-wenkai", "fonts-noto-cjk", "fonts-noto-cjk-extra", "unicode-data"]
    assert not (tmp_path / "fonts").exists()


def test_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "FONT_FOLDERS", (tmp_path,))
    assert module.main([str(tmp_path)]) == 1
    assert "apt-get install fonts-lxgw-wenkai fonts-noto-cjk fonts-noto-cjk-extra" in capsys.readouterr().err


def test_cutting_twice_gives_the_same_bytes() -> None:
    source = FACES[0].source
    path, codes = source_paths()[source], [ord("永"), ord("i")]

    def once() -> bytes:
        return cut(path, codes, source_family=source.family, family="F", weight=400, units=360)

    assert once() == once()


def test_ranges_give_back_their_code_points() -> None:
    codes = [1, 2, 3, 7, 9, 10]
    assert as_ranges(codes) == [[1, 3], [7, 7], [9, 10]]
    assert list(from_ranges(as_ranges(codes))) == codes
