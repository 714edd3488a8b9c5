"""Makes the test database in a third of a second from a template that is built once per schema.

`python -m tests.database` builds the template where there is none.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]
TENANT_A = {"division": "120101", "domain": "heping.tianjin.localhost"}
TENANT_B = {"division": "450100", "domain": "nanning.localhost"}

# Of the tenants package, what a fresh database is filled by; the rest may change without a new template.
_FILLING = ("domain/platform.py", "domain/provision.py", "domain/template.py", "fingerprint.py", "data/divisions.csv")


def template_name() -> str:
    """Changes with every file that shapes a fresh database."""
    sums = hashlib.sha256()
    shaping = [
        *ROOT.glob("tenants/migrations/*.py"),
        *(ROOT / "tenants" / name for name in _FILLING),
        *ROOT.glob("certificates/migrations/*.py"),
        *ROOT.glob("search/migrations/*.py"),
        *ROOT.glob("site/portal/*/migrations/*.py"),
        *ROOT.glob("site/portal/*/seeding.py"),
        *ROOT.glob("site/portal/*/roles.py"),
        ROOT / "site/portal/core/programmes.py",
        *ROOT.glob("site/portal/core/data/*"),
        ROOT / "site/portal/settings/apps.py",
        ROOT / "tests/cast.py",
        ROOT / "tests/database.py",
        ROOT / "tests/tasks.py",
    ]
    for path in sorted(shaping):
        sums.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return f"yinling_template_{sums.hexdigest()[:12]}"


def recreate(name: str) -> None:
    """Drop and make the database `name` from the template, and lead Django to it."""
    connections.close_all()
    with _template() as (server, template):
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    lead_to(name)


@contextmanager
def _template() -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """The server and the name of the template, which is there; nobody else makes a database meanwhile."""
    template = template_name()
    with _server() as server, _alone():
        if not _exists(server, template):
            _build(server, template)
        yield server, template


def drop(name: str) -> None:
    connections.close_all()
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _build(server: psycopg.Connection[Any], template: str) -> None:
    for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'yinling_template_%'").fetchall():
        server.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
    making = f"making_{template}"
    server.execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
    server.execute(f'CREATE DATABASE "{making}"')
    lead_to(making)
    _fill()
    connections.close_all()
    server.execute(f'ALTER DATABASE "{making}" RENAME TO "{template}"')


def _fill() -> None:
    from django_tasks_db.models import DBTaskResult
    from django_tenants.utils import tenant_context

    from tenants.domain import create_tenant
    from tenants.domain.platform import prepare_platform
    from tests.cast import make_cast
    from tests.tasks import run_queued

    prepare_platform(domain="localhost")
    for spec in (TENANT_A, TENANT_B):
        tenant = create_tenant(**spec)
        with tenant_context(tenant):
            make_cast()
    connection.set_schema_to_public()
    # What a worker does for a new site is done: else every test that runs the queue would do it over.
    # Nothing is written for searching yet; tests of that begin with an empty index.
    DBTaskResult.objects.filter(task_path__startswith="search.").delete()
    run_queued()
    DBTaskResult.objects.all().delete()


def lead_to(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = name
    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time builds the template."""
    path = Path(settings.VAR) / "test-template.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _exists(server: psycopg.Connection[Any], name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    parameters = connection.settings_dict
    with psycopg.connect(
        host=parameters["HOST"],
        port=parameters["PORT"] or None,
        user=parameters["USER"],
        password=parameters["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as server:
        yield server


def main() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    with _template():
        pass


if __name__ == "__main__":
    main()
