"""Brings every schema up to the present migrations, several at a time, and remembers how far it got."""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from django_tenants.utils import schema_context

from tenants.domain.catalogue import applied_migrations
from tenants.domain.template import ensure_template
from tenants.fingerprint import migration_names, migrations_fingerprint
from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class Migrated:
    """How one schema fared; `error` is empty when all went well."""

    schema_name: str
    name: str
    seconds: float
    error: str = ""


def migrate_all(*, jobs: int = 2, again: bool = False, say: Callable[[str], object]) -> list[Migrated]:
    """Public first, then every site that is not known to be up to date (all with `again`), then the template.

    A site that fails is named, keeps its error in the registry and does not stop the others; the next
    run takes up those that are left. Must not run inside a transaction. Returns the failures.
    """
    connection.set_schema_to_public()
    say("public …")
    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    sites = Tenant.objects.exclude(schema_name="public")
    waiting = list(sites if again else sites.exclude(migrations=migrations_fingerprint()))
    say(f"{len(waiting)} of {sites.count()} sites to migrate, {jobs} at a time")
    failures = [done for done in _in_parallel(waiting, jobs, say) if done.error]
    say("template …")
    ensure_template()
    return failures


def migrate_one(schema_name: str, name: str) -> Migrated:
    """Migrate one site and record the outcome on its registry row."""
    began = time.monotonic()
    error = ""
    try:
        call_command("migrate_schemas", schema_name=schema_name, verbosity=0, interactive=False)
        if missing := pending_migrations(schema_name):
            error = f"not applied: {sorted(missing)}"
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}".strip()
        connection.close()
    with schema_context("public"):
        Tenant.objects.filter(schema_name=schema_name).update(migration_error=error)
    return Migrated(schema_name, name, time.monotonic() - began, error)


def _in_parallel(waiting: list[Tenant], jobs: int, say: Callable[[str], object]) -> list[Migrated]:
    # A forked process must not share its parent's connections.
    connections.close_all()
    done: list[Migrated] = []
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        runs = [pool.submit(partial(migrate_one, tenant.schema_name, tenant.name)) for tenant in waiting]
        for number, run in enumerate(as_completed(runs), start=1):
            one = run.result()
            outcome = f"FAILED: {one.error}" if one.error else "done"
            say(f"{number:4}/{len(waiting)}  {one.schema_name}  {one.name}  {one.seconds:.1f} s  {outcome}")
            done.append(one)
    return done


def pending_migrations(schema_name: str) -> set[tuple[str, str]]:
    """(app, name) of the migrations on disk that the schema lacks; one query."""
    with schema_context("public"):
        return set(migration_names(shared=schema_name == "public")) - applied_migrations(schema_name)


def note_migrated(*, schema_name: str, **_: Any) -> bool:
    """Record on its registry row that a schema lacks nothing; False, and no record, when it does."""
    if pending_migrations(schema_name):
        return False
    with schema_context("public"):
        Tenant.objects.filter(schema_name=schema_name).update(
            migrations=migrations_fingerprint(shared=schema_name == "public"),
            migrated_at=timezone.now(),
            migration_error="",
        )
    return True
