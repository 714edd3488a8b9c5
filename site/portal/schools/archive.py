"""A ZIP that is written in steps: after each the file is certain up to a length, and anybody can go on from there."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """An entry in the file: its name, where it begins, its bytes and their CRC-32."""

    name: str
    offset: int
    size: int
    crc: int


class Step:
    """What is being added."""

    def __init__(self, archive: zipfile.ZipFile, moment: datetime) -> None:
        self._zip = archive
        self._moment = moment
        self.end = 0

    def add(self, name: str, data: bytes) -> Written:
        """As it is: PDFs are compressed already."""
        info = _info(name, self._moment)
        self._zip.writestr(info, data)
        return Written(name, info.header_offset, info.file_size, info.CRC)


@contextmanager
def appending(path: Path, *, at: int, moment: datetime) -> Iterator[Step]:
    """Entries from byte `at` on; what a killed worker left behind it is cut off. `step.end` is the new length."""
    with _opened(path, at) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            step = Step(archive, moment)
            yield step
            end = archive.start_dir
        # The directory that closing wrote names this step alone: the whole one comes at the end.
        file.truncate(end)
        _settle(file)
        step.end = end


@contextmanager
def finishing(path: Path, *, at: int, moment: datetime, entries: Iterable[Written]) -> Iterator[zipfile.ZipFile]:
    """The last step: the caller writes what is left through the ZIP, then the directory of all is written."""
    with _opened(path, at) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in entries:
                info = _info(entry.name, moment)
                info.header_offset, info.CRC = entry.offset, entry.crc
                info.file_size = info.compress_size = entry.size
                archive.filelist.append(info)
                archive.NameToInfo[entry.name] = info
            yield archive
        _settle(file)


def digest(path: Path) -> tuple[str, int]:
    """SHA-256 and length, read piece by piece."""
    sums, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            sums.update(chunk)
            size += len(chunk)
    return sums.hexdigest(), size


@contextmanager
def _opened(path: Path, at: int) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("r+b") as file:
        if file.seek(0, os.SEEK_END) < at:
            raise FileLost(path.name)
        file.truncate(at)
        file.seek(at)
        yield file


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _info(name: str, moment: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, moment.timetuple()[:6])
    info.external_attr = 0o600 << 16
    return info


class FileLost(Exception):
    """The unfinished file is shorter than what was certain of it: it must begin anew."""
