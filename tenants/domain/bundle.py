"""The file of a backup: a zip whose manifest names every other entry with its size and SHA-256."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from tenants.errors import BadBackup

FORMAT = 1
MANIFEST = "manifest.json"
_IDENTIFIER = re.compile(r"^[a-z_][a-z0-9_]{0,62}$")
_CHUNK = 1 << 20


class Writer:
    """Writes beside the wanted path and moves into place at the end: a broken backup is no file at all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.partial = path.with_name(f"{path.name}.partial")
        self.entries: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> "Writer":
        # Personal data of a whole city: for the operator's eyes.
        self.partial.touch(mode=0o600)
        self.zip = zipfile.ZipFile(self.partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: Any, trace: TracebackType | None) -> None:
        self.zip.close()
        if kind is None:
            self.partial.replace(self.path)
        else:
            self.partial.unlink()

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        sums, size = hashlib.sha256(), 0
        with self.zip.open(name, "w", force_zip64=True) as entry:
            for chunk in chunks:
                sums.update(chunk)
                size += len(chunk)
                entry.write(chunk)
        self.entries[name] = {"sha256": sums.hexdigest(), "size": size}

    def finish(self, manifest: dict[str, Any]) -> None:
        text = json.dumps({"format": FORMAT, **manifest, "entries": self.entries}, ensure_ascii=False, indent=1)
        self.zip.writestr(MANIFEST, text)


class Reader:
    """A backup whose every byte has been checked before anything is made from it."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.zip = file
        try:
            self.manifest: dict[str, Any] = json.loads(file.read(MANIFEST))
        except (KeyError, ValueError) as error:
            raise BadBackup(_("这不是备份文件：没有可读的 manifest.json。")) from error
        if self.manifest.get("format") != FORMAT:
            raise BadBackup(_("这份备份的格式是%(found)s，本平台只认格式%(known)s。")
                            % {"found": self.manifest.get("format"), "known": FORMAT})  # fmt: skip
        self._check()

    def text(self, name: str) -> str:
        return self.zip.read(name).decode()

    def chunks(self, name: str) -> Iterator[bytes]:
        with self.open(name) as entry:
            while chunk := entry.read(_CHUNK):
                yield chunk

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(name)

    def _check(self) -> None:
        entries = self.manifest["entries"]
        if {MANIFEST, *entries} != set(self.zip.namelist()):
            raise BadBackup(_("备份文件不完整：内容与清单不一致。"))
        for name, said in entries.items():
            sums = hashlib.sha256()
            try:
                for chunk in self.chunks(name):
                    sums.update(chunk)
            except zipfile.BadZipFile as error:
                raise BadBackup(_("备份文件已损坏：%(name)s") % {"name": name}) from error
            if sums.hexdigest() != said["sha256"]:
                raise BadBackup(_("备份文件已损坏：%(name)s的校验和不对。") % {"name": name})
        for identifier in self._identifiers():
            if not _IDENTIFIER.match(identifier):
                raise BadBackup(_("备份文件已损坏：不合法的名称%(name)s。") % {"name": identifier})

    def _identifiers(self) -> Iterator[str]:
        yield self.manifest["tenant"]["schema_name"]
        for table, said in self.manifest["tables"].items():
            yield from (table, *said["columns"])
        yield from self.manifest["sequences"]
        for pair in self.manifest["content_type_columns"]:
            yield from pair


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open and check; BadBackup when the file is none, is cut off or was changed."""
    try:
        with zipfile.ZipFile(path) as file:
            yield Reader(file)
    except (zipfile.BadZipFile, FileNotFoundError) as error:
        raise BadBackup(_("读不出备份文件%(path)s：%(why)s") % {"path": path, "why": error}) from error


def secret_marks() -> dict[str, list[str]]:
    """Marks of the secrets without which the data cannot be read; the secrets themselves never leave."""
    return {name: [_mark(value) for value in _values(name)] for name in settings.TENANT_BACKUP_SECRETS}


def _values(name: str) -> list[str]:
    value = getattr(settings, name)
    return [value] if isinstance(value, str) else list(value)


def _mark(secret: str) -> str:
    return hashlib.sha256(f"yinling backup:{secret}".encode()).hexdigest()[:16]
