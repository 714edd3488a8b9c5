"""Writes one site into one file: structure, rows, files, queued tasks, registry rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import schema_context

from tenants.domain import catalogue, files
from tenants.domain.bundle import Writer, secret_marks
from tenants.domain.template import clean_sql
from tenants.errors import TenantError
from tenants.fingerprint import migration_names
from tenants.models import Tenant
from tenants.pgtools import pg_dump
from tenants.tasks import SCHEMA

_REGISTRY = ("schema_name", "name", "short_name", "division_code", "level", "state", "state_reason")
_TASK = ("id", "args_kwargs", "priority", "task_path", "queue_name", "backend_name", "run_after")


def backup_tenant(tenant: Tenant, path: Path) -> dict[str, Any]:
    """Write the site as it is at this moment to `path` and return the manifest.

    The rows are one snapshot, taken while the site runs; a file that is uploaded or removed during the
    copy may be missing: pause the site first where that matters. Encrypted fields stay encrypted, and
    the keys are not in the file.
    """
    with Writer(path) as bundle, schema_context("public"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        manifest = {
            "made_at": timezone.now().isoformat(),
            "tenant": {name: getattr(tenant, name) for name in _REGISTRY},
            "domains": list(tenant.domains.values("domain", "is_primary")),
            "server": connection.pg_version,
            "migrations": sorted(_migrations(tenant.schema_name)),
            "secrets": secret_marks(),
            "tasks": _tasks(tenant.schema_name),
            "sequences": catalogue.sequences(tenant.schema_name),
            **_content_types(tenant.schema_name),
            "tables": _copy_rows(tenant.schema_name, bundle),
        }
        for section in ("pre-data", "post-data"):
            sql = pg_dump("-n", tenant.schema_name, "--no-owner", "--no-privileges", f"--section={section}",
                          f"--snapshot={snapshot}")  # fmt: skip
            bundle.add(f"schema/{section}.sql", [clean_sql(sql).encode()])
        _copy_files(tenant.schema_name, bundle)
        bundle.finish(manifest)
    return manifest


def _migrations(schema_name: str) -> set[tuple[str, str]]:
    """What is applied, of the apps that live in tenants; the rest is recorded there but made nothing."""
    labels = {label for label, _name in migration_names()}
    return {(app, name) for app, name in catalogue.applied_migrations(schema_name) if app in labels}


def _content_types(schema_name: str) -> dict[str, Any]:
    """Where ids of content types stand and what they mean: another database numbers them differently."""
    outside = catalogue.references_outside(schema_name)
    strange = sorted({target for _table, _column, target in outside if target != catalogue.CONTENT_TYPES})
    if strange:
        raise TenantError(_("不能备份：站点的数据引用了公共表%(tables)s。") % {"tables": ", ".join(strange)})
    used: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        for table, column, target in outside:
            cursor.execute(
                f'SELECT DISTINCT c.id, c.app_label, c.model FROM public."{target}" c'
                f' JOIN "{schema_name}"."{table}" t ON t."{column}" = c.id'
            )
            used |= {pk: [app_label, model] for pk, app_label, model in cursor.fetchall()}
    return {
        "content_types": sorted([pk, *named] for pk, named in used.items()),
        "content_type_columns": [[table, column] for table, column, _target in outside],
    }


def _tasks(schema_name: str) -> list[dict[str, Any]]:
    """Tasks still to run."""
    waiting = DBTaskResult.objects.filter(status="READY", **{f"args_kwargs__kwargs__{SCHEMA}": schema_name})
    rows = waiting.order_by("enqueued_at").values(*_TASK)
    return [{**row, "id": str(row["id"]), "run_after": row["run_after"].isoformat()} for row in rows]


def _copy_rows(schema_name: str, bundle: Writer) -> dict[str, Any]:
    counted = {}
    for table in catalogue.tables(schema_name):
        columns = ", ".join(f'"{column}"' for column in table.columns)
        with connection.cursor() as cursor:
            with cursor.copy(f'COPY "{schema_name}"."{table.name}" ({columns}) TO STDOUT') as rows:
                bundle.add(f"rows/{table.name}.copy", (bytes(chunk) for chunk in rows))
            counted[table.name] = {"columns": table.columns, "rows": cursor.rowcount}
    return counted


def _copy_files(schema_name: str, bundle: Writer) -> None:
    with schema_context(schema_name):
        for file in files.stored_files(schema_name):
            bundle.add(f"files/{file.alias}/{file.name}", _read(file))


def _read(file: files.StoredFile) -> Iterator[bytes]:
    with file.open() as content:
        yield from content.chunks()
