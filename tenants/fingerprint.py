"""Tells whether the code that shapes a fresh schema has changed."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

# What a template is filled from, beside the migrations.
_SEEDING = ("seeding.py", "roles.py")


@lru_cache(maxsize=1)
def schema_fingerprint() -> str:
    """SHA-256 over every tenant app's migrations and seeding modules: equal sums mean equal fresh schemas."""
    sums = hashlib.sha256()
    for path in sorted(_shaping_files()):
        sums.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sums.hexdigest()


@lru_cache(maxsize=2)
def migration_names(*, shared: bool = False) -> frozenset[tuple[str, str]]:
    """(app label, migration) of every migration on disk for tenant schemas, or for the public one."""
    wanted = set(settings.SHARED_APPS if shared else settings.TENANT_APPS)
    return frozenset(
        (config.label, path.stem)
        for config in apps.get_app_configs()
        if config.name in wanted
        for path in (Path(config.path) / "migrations").glob("[!_]*.py")
    )


@lru_cache(maxsize=2)
def migrations_fingerprint(*, shared: bool = False) -> str:
    """SHA-256 over the names: what a fully migrated schema is marked with."""
    lines = "\n".join(f"{label}.{name}" for label, name in sorted(migration_names(shared=shared)))
    return hashlib.sha256(lines.encode()).hexdigest()


def _shaping_files() -> Iterator[Path]:
    wanted = set(settings.TENANT_APPS)
    for config in apps.get_app_configs():
        if config.name in wanted or f"{type(config).__module__}.{type(config).__name__}" in wanted:
            folder = Path(config.path)
            yield from (folder / "migrations").glob("*.py")
            yield from (folder / name for name in _SEEDING if (folder / name).is_file())
