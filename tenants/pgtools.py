"""Runs PostgreSQL's own programs against the configured database."""

import os
import re
import shutil
import subprocess

from django.db import connection

from tenants.errors import TenantError


def pg_dump(*arguments: str) -> str:
    """Plain SQL printed by pg_dump with `arguments`, for the configured database."""
    return _run("pg_dump", *arguments)


def _run(program: str, *arguments: str) -> str:
    parameters = connection.settings_dict
    environment = {
        **os.environ,
        "PGHOST": str(parameters["HOST"]),
        "PGPORT": str(parameters["PORT"] or "5432"),
        "PGUSER": str(parameters["USER"]),
        "PGPASSWORD": str(parameters["PASSWORD"]),
        "PGDATABASE": str(parameters["NAME"]),
    }
    done = subprocess.run([_find(program), *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TenantError(f"{program}: {done.stderr.strip()}")
    return done.stdout


def _find(program: str) -> str:
    """The system's program where its version fits the server, else the embedded one."""
    from tenants.embedded import binaries

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10_000
    for path in (shutil.which(program), str(binaries() / program)):
        if path and _major(path) >= server:
            return path
    raise TenantError(
        f"{program} of PostgreSQL {server} or newer is not installed (package postgresql-client-{server})."
    )


def _major(path: str) -> int:
    printed = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\) (\d+)", printed)
    return int(found.group(1)) if found else 0
