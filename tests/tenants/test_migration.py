"""Migrations over all sites: one that fails is named and holds nobody up, and the next run goes on from there."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tenants.domain import migration
from tenants.domain.migration import note_migrated, pending_migrations
from tenants.fingerprint import migrations_fingerprint
from tenants.health import unmigrated
from tenants.models import Tenant


def _behind(schema_name: str) -> None:
    """As if the last migration of `otp_static` had not come yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM \"{schema_name}\".django_migrations WHERE app = 'otp_static' AND name LIKE '0003%%'"
        )
    Tenant.objects.filter(schema_name=schema_name).update(migrations="older")


def _migrate(**options: Any) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("migrate_tenants", stdout=out, stderr=out, jobs=2, **options)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.usefixtures("committed_b")
def test_a_broken_site_is_named_the_others_are_done_and_the_next_run_takes_up_the_rest(committed_a: Any) -> None:
    connection.set_schema_to_public()
    a, b = Tenant.objects.get(schema_name="t_120101"), Tenant.objects.get(schema_name="t_450100")
    for tenant in (a, b):
        _behind(tenant.schema_name)
    # At the second site it has not; at the first its columns are there already, as after a change by hand.
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{b.schema_name}".otp_static_staticdevice DROP COLUMN created_at')
        cursor.execute(f'ALTER TABLE "{b.schema_name}".otp_static_staticdevice DROP COLUMN last_used_at')
    assert unmigrated() == ["t_120101", "t_450100"]

    code, said = _migrate()

    assert code == 1
    assert "2 of 2 sites to migrate" in said
    assert "Not migrated: 天津市和平区 (t_120101)" in said
    for tenant in (a, b):
        tenant.refresh_from_db()
    assert (a.migrations, b.migrations) == ("older", migrations_fingerprint())
    assert "already exists" in a.migration_error
    assert b.migration_error == ""
    assert unmigrated() == ["t_120101"]

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE t_120101.otp_static_staticdevice DROP COLUMN created_at, DROP COLUMN last_used_at")
    code, said = _migrate()
    assert code == 0
    assert "1 of 2 sites to migrate" in said
    assert unmigrated() == []
    assert _migrate()[1].count("/") == 0


def test_sites_are_told_apart_by_what_is_recorded_in_them(tenant_a: Any) -> None:
    connection.set_schema_to_public()
    assert pending_migrations("t_120101") == set()
    assert pending_migrations("public") == set()
    _behind("t_120101")
    assert [app for app, _name in pending_migrations("t_120101")] == ["otp_static"]
    assert note_migrated(schema_name="t_120101") is False
    assert Tenant.objects.get(schema_name="t_120101").migrations == "older"


def test_the_stock_command_below_leaves_the_same_record(committed_a: Any) -> None:
    connection.set_schema_to_public()
    Tenant.objects.update(migrations="")
    call_command("migrate_schemas", schema_name="t_120101", verbosity=0)
    assert Tenant.objects.get(schema_name="t_120101").migrations == migrations_fingerprint()
    assert Tenant.objects.get(schema_name="t_450100").migrations == ""


def test_a_failure_keeps_its_reason_in_the_registry(tenant_a: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(migration, "call_command", fail)
    monkeypatch.setattr(connection, "close", lambda: None)
    with transaction.atomic():
        done = migration.migrate_one("t_120101", "天津市和平区")
    assert done.error == "RuntimeError: disk full"
    assert Tenant.objects.get(schema_name="t_120101").migration_error == "RuntimeError: disk full"
