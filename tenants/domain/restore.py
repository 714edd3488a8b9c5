"""Makes a site from the file of a backup, here or on another machine: all of it or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import schema_context, schema_exists, tenant_context

from tenants.divisions import find_division
from tenants.domain import files
from tenants.domain.bundle import Reader, reading, secret_marks
from tenants.domain.hosts import clean_host
from tenants.domain.provision import nearest_parent, run_sql
from tenants.domain.revisions import renumber_revisions
from tenants.errors import BadBackup
from tenants.fingerprint import migration_names, migrations_fingerprint
from tenants.models import Domain, Tenant
from tenants.signals import primary_domain_changed, tenant_moved


def restore_tenant(path: Path, *, domain: str = "") -> Tenant:
    """Restore the site in the file; with `domain` it answers there instead of under its old names.

    Raises BadBackup when the file is damaged, the site is here already, the migrations or the keys for
    encrypted fields differ; DuplicateDomain when a name is taken. Then nothing has changed.
    """
    with reading(path) as bundle, schema_context("public"):
        _refuse_unfit(bundle.manifest)
        with _files_of(bundle), transaction.atomic():
            return _restore(bundle, domain)


def _restore(bundle: Reader, domain: str) -> Tenant:
    manifest = bundle.manifest
    schema_name = manifest["tenant"]["schema_name"]
    tenant = _register(manifest, domain)
    run_sql(bundle.text("schema/pre-data.sql"))
    for table, said in manifest["tables"].items():
        _copy_rows(bundle, schema_name, table, said)
    new_ids = _renumber_content_types(manifest, schema_name)
    with connection.cursor() as cursor:
        for name, value in manifest["sequences"].items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [f'"{schema_name}"."{name}"', value])
    run_sql(bundle.text("schema/post-data.sql"))
    DBTaskResult.objects.bulk_create([DBTaskResult(**row) for row in manifest["tasks"]], ignore_conflicts=True)
    host = str(tenant.domains.get(is_primary=True))
    with tenant_context(tenant):
        renumber_revisions(new_ids)
        primary_domain_changed.send(sender=Tenant, tenant=tenant, host=host)
        tenant_moved.send(sender=Tenant, tenant=tenant)
    return tenant


def _refuse_unfit(manifest: dict[str, Any]) -> None:
    said = manifest["tenant"]
    schema_name = said["schema_name"]
    taken = Tenant.objects.filter(division_code=said["division_code"]).exists()
    if taken or schema_exists(schema_name) or not schema_name.startswith("t_"):
        raise BadBackup(_("%(name)s的站点已经在这里，没有恢复。") % {"name": said["name"]})
    theirs, ours = {tuple(pair) for pair in manifest["migrations"]}, migration_names()
    if theirs != ours:
        differing = ", ".join(".".join(pair) for pair in sorted(theirs ^ ours)[:5])
        raise BadBackup(_("备份与本平台的版本不同（%(names)s），请用同一版本恢复，再升级。") % {"names": differing})
    for name, marks in manifest["secrets"].items():
        if not set(marks) <= set(secret_marks().get(name, [])):
            raise BadBackup(_("本平台的%(name)s与备份时的不同，加密的内容会读不出来。") % {"name": name})
    if next(files.stored_files(schema_name), None):
        raise BadBackup(_("%(schema)s的文件夹里已有文件，请先移走。") % {"schema": schema_name})


def _register(manifest: dict[str, Any], domain: str) -> Tenant:
    said = manifest["tenant"]
    place = find_division(said["division_code"])
    tenant = Tenant.objects.create(
        **said,
        parent=nearest_parent(place) if place else None,
        migrations=migrations_fingerprint(),
        migrated_at=timezone.now(),
    )
    wanted: list[dict[str, Any]] = [{"domain": domain, "is_primary": True}] if domain else manifest["domains"]
    for row in wanted:
        Domain.objects.create(tenant=tenant, domain=clean_host(row["domain"]), is_primary=row["is_primary"])
    return tenant


def _copy_rows(bundle: Reader, schema_name: str, table: str, said: dict[str, Any]) -> None:
    columns = ", ".join(f'"{column}"' for column in said["columns"])
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{schema_name}"."{table}" ({columns}) FROM STDIN') as rows:
            for chunk in bundle.chunks(f"rows/{table}.copy"):
                rows.write(chunk)
        if cursor.rowcount != said["rows"]:
            raise BadBackup(_("备份文件已损坏：%(name)s的行数不对。") % {"name": table})


def _renumber_content_types(manifest: dict[str, Any], schema_name: str) -> dict[int, int]:
    """Write this database's ids of content types; one statement a column, so that ids cannot be mapped twice."""
    new_ids = {
        pk: ContentType.objects.get_or_create(app_label=app_label, model=model)[0].pk
        for pk, app_label, model in manifest["content_types"]
    }
    if not new_ids:
        return new_ids
    pairs = ", ".join(["(%s, %s)"] * len(new_ids))
    values = [value for pair in new_ids.items() for value in pair]
    with connection.cursor() as cursor:
        for table, column in manifest["content_type_columns"]:
            cursor.execute(
                f'UPDATE "{schema_name}"."{table}" t SET "{column}" = m.new'
                f' FROM (VALUES {pairs}) AS m (old, new) WHERE t."{column}" = m.old',
                values,
            )
    return new_ids


@contextmanager
def _files_of(bundle: Reader) -> Iterator[None]:
    """Write the files first and take them away again when anything fails after, the commit included."""
    schema_name = bundle.manifest["tenant"]["schema_name"]
    try:
        with schema_context(schema_name):
            for entry in bundle.manifest["entries"]:
                if entry.startswith("files/"):
                    _save(bundle, entry)
        yield
    except BaseException:
        files.remove_all(schema_name)
        raise


def _save(bundle: Reader, entry: str) -> None:
    _folder, alias, name = entry.split("/", 2)
    if alias not in files.aliases():
        raise BadBackup(_("备份里有%(alias)s存储的文件，本平台没有这个存储。") % {"alias": alias})
    with bundle.open(entry) as content:
        storages[alias].save(name, File(content, name=name))
