"""Runs functions at intervals, in every open tenant, once however many workers there are."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import Q
from django_tenants.utils import schema_context, tenant_context

from tenants.enums import TenantState
from tenants.models import ClockJob, Tenant

Job = Callable[[datetime], object]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A registered function; `platform` ones run once, in the public schema."""

    name: str
    run: Job
    interval: timedelta
    platform: bool


_entries: dict[str, Entry] = {}


def every(*, minutes: int, platform: bool = False) -> Callable[[Job], Job]:
    """Register `function(now)` to run every so many minutes in each open tenant, or once for the platform.

    It runs outside a transaction and shall be short; what takes long it queues as a task. A failure in
    one tenant is recorded and does not keep the others from their turn.
    """

    def register(function: Job) -> Job:
        name = f"{function.__module__}.{function.__qualname__}"
        _entries[name] = Entry(name, function, timedelta(minutes=minutes), platform)
        return function

    return register


def run_due(*, now: datetime, between: Callable[[], object] = lambda: None) -> list[str]:
    """Run what is due at `now`; `between` is called after each tenant. Returns the names that ran."""
    ran = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.name):
        if _claim(entry, now):
            _run(entry, now, between)
            ran.append(entry.name)
    return ran


def _claim(entry: Entry, now: datetime) -> bool:
    """Whether this worker is the one that runs the entry; the row moves on at once."""
    # Workers' seconds differ: what is due within this half minute is due.
    due = Q(last_run_at__lte=now - entry.interval + timedelta(seconds=30))
    with schema_context("public"), transaction.atomic():
        if ClockJob.objects.filter(due, pk=entry.name).update(last_run_at=now):
            return True
        if ClockJob.objects.filter(pk=entry.name).exists():
            return False
        # The second of two workers that begin together finds the row made.
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO tenants_clockjob (name, last_run_at, seconds, error) VALUES (%s, %s, 0, '')"
                " ON CONFLICT DO NOTHING",
                [entry.name, now],
            )
            return bool(cursor.rowcount)


def _run(entry: Entry, now: datetime, between: Callable[[], object]) -> None:
    began = time.monotonic()
    errors = [error for tenant in _places(entry) if (error := _run_in(tenant, entry, now, between))]
    with schema_context("public"):
        ClockJob.objects.filter(pk=entry.name).update(seconds=time.monotonic() - began, error="\n".join(errors))


def _places(entry: Entry) -> Iterable[Tenant | None]:
    if entry.platform:
        return [None]
    with schema_context("public"):
        return list(Tenant.objects.filter(state=TenantState.ACTIVE).exclude(schema_name="public"))


def _run_in(tenant: Tenant | None, entry: Entry, now: datetime, between: Callable[[], object]) -> str:
    """Empty, or what went wrong and where."""
    schema_name = tenant.schema_name if tenant else "public"
    try:
        with tenant_context(tenant) if tenant else schema_context("public"):
            entry.run(now)
    except Exception as error:
        log.exception("clock_failed", job=entry.name, tenant=schema_name)
        return f"{schema_name}: {type(error).__name__}: {error}"
    finally:
        between()
    return ""
