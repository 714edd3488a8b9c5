"""Cuts the three faces of the certificates from Debian's fonts, once per machine.

    python -m certificates.fonts DIRECTORY

The faces hold the 8,105 characters of 通用规范汉字表 (Unihan `kTGH`), Latin and punctuation. Their glyphs
stand by frequency, as TrueType and without layout tables, because WeasyPrint keeps a slot for every glyph up
to the highest one used and embeds TrueType faster than CFF. They carry names of their own: the Open Font
License reserves those of the originals. Nothing cut is ever committed.
"""

import bz2
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from certificates import outlines

FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
MANIFEST = "fonts.json"
PUNCTUATION = (
    "·×÷°–—‘’“”…‰′″※→←↑↓№℃①②③④⑤⑥⑦⑧⑨⑩〇、。〈〉《》「」『』【】〔〕！（），．：；？［］～＋－＝％＃＆＊／　￥★☆●○◎■□▲△•"
)


class Source(NamedTuple):
    """A font file and the Debian package that brings it."""

    file: str
    family: str
    package: str


class Face(NamedTuple):
    """A face to cut. A unit of 360 in the em is 0.012 mm at 12 pt, finer than printers, and saves a tenth of a file."""

    file: str
    family: str
    weight: int
    units: int
    source: Source


SONG = Source("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "fonts-noto-cjk")
SONG_BOLD = Source("NotoSerifCJK-SemiBold.ttc", "Noto Serif CJK SC", "fonts-noto-cjk-extra")
KAI = Source("LXGWWenKai-Regular.ttf", "LXGW WenKai", "fonts-lxgw-wenkai")
FACES = (
    Face("song-regular.ttf", "Yinling Song", 400, 360, SONG),
    Face("song-semibold.ttf", "Yinling Song", 600, 500, SONG_BOLD),
    Face("kai-regular.ttf", "Yinling Kai", 400, 500, KAI),
)


class FontsMissing(Exception):
    """The machine lacks packages; `packages` names them as Debian does."""

    def __init__(self, packages: Iterable[str]) -> None:
        self.packages = sorted(set(packages))
        super().__init__(f"Missing Debian packages: {' '.join(self.packages)}")


def prepare_fonts(directory: Path) -> bool:
    """Cut what is not there yet; False when the faces in `directory` are already the right ones."""
    paths = source_paths()
    fingerprint = fingerprint_of(paths)
    manifest = directory / MANIFEST
    if manifest.exists() and json.loads(manifest.read_text("utf-8"))["fingerprint"] == fingerprint:
        return False
    directory.mkdir(parents=True, exist_ok=True)
    jobs = [(face, paths[face.source], directory) for face in FACES]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        digests = list(pool.map(_cut, jobs))
    content = {
        "fingerprint": fingerprint,
        "faces": {face.file: digest for face, digest in zip(FACES, digests, strict=True)},
        "coverage": as_ranges(outlines.code_points(paths[SONG], SONG.family)),
        "coverage_kai": as_ranges(outlines.code_points(paths[KAI], KAI.family)),
    }
    write_whole(manifest, json.dumps(content, ensure_ascii=False).encode())
    return True


def source_paths() -> dict[Source, Path]:
    """Where each source lies; raises `FontsMissing` naming every package that is not installed."""
    found = {path.name: path for folder in FONT_FOLDERS for path in folder.rglob("*.tt[cf]")}
    missing = [face.source.package for face in FACES if face.source.file not in found]
    if not UNIHAN.exists():
        missing.append("unicode-data")
    if missing:
        raise FontsMissing(missing)
    return {face.source: found[face.source.file] for face in FACES}


def fingerprint_of(paths: dict[Source, Path]) -> str:
    """Changes with the source files and with the code that cuts them."""
    digest = hashlib.sha256()
    for path in (Path(__file__), Path(outlines.__file__)):
        digest.update(path.read_bytes())
    for path in (*paths.values(), UNIHAN):
        digest.update(f"{path.name} {path.stat().st_size} {int(path.stat().st_mtime)}".encode())
    return digest.hexdigest()


@cache
def characters() -> list[int]:
    """Code points in glyph order: Latin and punctuation, then 通用规范汉字表 by rank."""
    ranked = []
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "\tkTGH\t" in line and line.startswith("U+"):
                code, _, rank = line.split("\t")
                ranked.append((int(rank.split(":")[1]), int(code[2:], 16)))
    basic = [0x20, 0xA0, *range(0x21, 0x7F), *map(ord, PUNCTUATION)]
    return list(dict.fromkeys(basic + [code for _, code in sorted(ranked)]))


def _cut(job: tuple[Face, Path, Path]) -> str:
    face, source, directory = job
    data = outlines.cut(
        source,
        characters(),
        source_family=face.source.family,
        family=face.family,
        weight=face.weight,
        units=face.units,
    )
    write_whole(directory / face.file, data)
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write beside and rename: a reader sees the old file or the new one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def as_ranges(codes: Iterable[int]) -> list[list[int]]:
    """`[first, last]` pairs, ascending."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def from_ranges(ranges: Iterable[list[int]]) -> Iterator[int]:
    """The code points of `as_ranges`."""
    for first, last in ranges:
        yield from range(first, last + 1)


def main(arguments: list[str]) -> int:
    """The command: says what it did, or which packages to install."""
    started = time.perf_counter()
    try:
        cut = prepare_fonts(Path(arguments[0]))
    except FontsMissing as problem:
        sys.stderr.write(f"{problem}\nInstall with: apt-get install {' '.join(problem.packages)}\n")
        return 1
    seconds = time.perf_counter() - started
    sys.stdout.write(f"Certificate fonts cut in {seconds:.0f} s\n" if cut else "Certificate fonts are ready\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
