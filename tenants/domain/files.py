"""Reads and removes the files of one tenant, in every storage that keeps tenants apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django_tenants.utils import schema_context


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file by the alias of its storage (STORAGES) and its name there."""

    alias: str
    name: str

    def open(self) -> Any:
        return storages[self.alias].open(self.name)


def aliases() -> list[str]:
    """The storages that hold what people uploaded or the platform made: all but static files."""
    return [alias for alias in settings.STORAGES if alias != "staticfiles"]


def stored_files(schema_name: str) -> Iterator[StoredFile]:
    """Every file of the tenant; the caller reads them while the schema is current."""
    with schema_context(schema_name):
        found = [StoredFile(alias, name) for alias in aliases() for name in _walk(storages[alias], "")]
    yield from sorted(found, key=lambda file: (file.alias, file.name))


def remove_all(schema_name: str) -> None:
    """Delete every file of the tenant, and its folders where the storage has any."""
    with schema_context(schema_name):
        for file in list(stored_files(schema_name)):
            storages[file.alias].delete(file.name)
        for alias in aliases():
            _remove_folders(storages[alias], schema_name)


def _walk(storage: Any, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except (FileNotFoundError, NotImplementedError):
        return
    yield from (f"{folder}{name}" for name in names)
    for name in folders:
        yield from _walk(storage, f"{folder}{name}/")


def _remove_folders(storage: Any, schema_name: str) -> None:
    try:
        root = Path(storage.path(""))
    except NotImplementedError:  # an object store has no folders
        return
    if root.name != schema_name or not root.is_dir():
        return
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        folder.rmdir()
    root.rmdir()
