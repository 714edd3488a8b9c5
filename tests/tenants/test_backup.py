"""A site in a file, and the same site again on another machine, whose content types have other numbers."""

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import schema_context, schema_exists, tenant_context
from wagtail.models import Page, Site

from portal.accounts.models import User
from tenants.domain import backup_tenant, catalogue, delete_tenant, pause_tenant, restore_tenant
from tenants.errors import BadBackup, DuplicateDomain, TenantError
from tenants.models import Domain, Tenant
from tests import database

SHIFT = 5000
OTHER = f"yinling_test_elsewhere_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@contextmanager
def elsewhere(settings: Any, folder: Path) -> Iterator[None]:
    """Another machine: a platform without sites, its content types numbered otherwise, its files elsewhere."""
    here, roots = connection.settings_dict["NAME"], (settings.MEDIA_ROOT, settings.CERTIFICATE_ROOT)
    database.recreate(OTHER)
    settings.MEDIA_ROOT, settings.CERTIFICATE_ROOT = str(folder / "media"), str(folder / "certificates")
    try:
        connection.set_schema_to_public()
        for tenant in Tenant.objects.exclude(schema_name="public"):
            pause_tenant(tenant, reason="")
            delete_tenant(tenant, typed_name=tenant.name)
        # The foreign keys are looked at when the transaction ends.
        with transaction.atomic(), connection.cursor() as cursor:
            for table, column in _public_references():
                cursor.execute(f'UPDATE "{table}" SET "{column}" = "{column}" + {SHIFT}')
            cursor.execute(f"UPDATE django_content_type SET id = id + {SHIFT}")
        yield
    finally:
        settings.MEDIA_ROOT, settings.CERTIFICATE_ROOT = roots
        database.drop(OTHER)
        database.lead_to(here)


def _public_references() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, a.attname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
               WHERE k.contype = 'f' AND k.confrelid = 'public.django_content_type'::regclass"""
        )
        return list(cursor.fetchall())


def _counts(schema_name: str) -> dict[str, int]:
    counted = {}
    with connection.cursor() as cursor:
        for table in catalogue.tables(schema_name):
            cursor.execute(f'SELECT count(*) FROM "{schema_name}"."{table.name}"')
            counted[table.name] = cursor.fetchone()[0]
    return counted


def _meanings(schema_name: str) -> dict[str, list[tuple[str, int]]]:
    """For each reference to content types: which models, how often."""
    found = {}
    with connection.cursor() as cursor:
        for table, column, _target in catalogue.references_outside(schema_name):
            cursor.execute(
                f'SELECT c.app_label || c.model, count(*) FROM "{schema_name}"."{table}" t'
                f' JOIN public.django_content_type c ON c.id = t."{column}" GROUP BY 1 ORDER BY 1'
            )
            found[f"{table}.{column}"] = cursor.fetchall()
    return found


def _content(storage: Any, name: str) -> bytes:
    with storage.open(name) as file:
        return bytes(file.read())


@pytest.fixture
def filled(committed_a: Any, committed_b: Any, settings: Any, tmp_path: Path) -> Any:
    """A site with a page and its revision, files in both storages, an encrypted number and a queued task."""
    settings.MEDIA_ROOT, settings.CERTIFICATE_ROOT = str(tmp_path / "media"), str(tmp_path / "certificates")
    page = Site.objects.get(is_default_site=True).root_page.add_child(
        instance=Page(title="第一页\n\n-- 两行", slug="one")
    )
    page.save_revision().publish()
    User.objects.filter(username="volunteer").update(mobile="13800138000", mobile_digest="d" * 64)
    default_storage.save("images/猫 1.png", ContentFile(b"picture of a"))
    storages["certificates"].save("ab/cd.pdf", ContentFile(b"certificate of a"))
    DBTaskResult.objects.all().delete()
    DBTaskResult.objects.create(
        args_kwargs={"args": [1], "kwargs": {"_schema": committed_a.schema_name}},
        task_path="x.y", backend_name="default", run_after="2026-01-01T00:00Z",
    )  # fmt: skip
    with tenant_context(committed_b):
        default_storage.save("images/of b.png", ContentFile(b"picture of b"))
    connection.set_schema_to_public()
    return committed_a


def test_a_site_is_restored_on_another_machine_row_by_row_and_opens(filled: Any, settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "heping.zip"
    backup_tenant(filled, file)
    schema_name = filled.schema_name
    before, meanings = _counts(schema_name), _meanings(schema_name)

    with elsewhere(settings, tmp_path / "elsewhere"):
        tenant = restore_tenant(file)

        assert _counts(schema_name) == before
        assert _meanings(schema_name) == meanings
        assert [row.args_kwargs["args"] for row in DBTaskResult.objects.filter(task_path="x.y")] == [[1]]
        with tenant_context(tenant):
            assert Page.objects.get(slug="one").content_type_id > SHIFT
            assert Page.objects.get(slug="one").latest_revision.as_object().title == "第一页\n\n-- 两行"
            assert User.objects.get(username="volunteer").mobile == "13800138000"
            assert _content(default_storage, "images/猫 1.png") == b"picture of a"
            assert _content(storages["certificates"], "ab/cd.pdf") == b"certificate of a"
            assert not default_storage.exists("images/of b.png")
            # Numbers go on where they were, and the constraints are the same.
            assert Site.objects.get(is_default_site=True).root_page.add_child(instance=Page(title="2", slug="2")).pk
        client = Client(SERVER_NAME="heping.tianjin.localhost")
        assert client.get("/one/").status_code == 200
        with tenant_context(tenant):
            officer = User.objects.get(username="officer")
            officer.is_superuser = True
            officer.save()
            client.force_login(officer, backend="portal.accounts.backends.NameOrMobileBackend")
            page = Page.objects.get(slug="one").pk
        for address in (
            "/cms/",
            f"/cms/pages/{page}/edit/",
            f"/cms/pages/{page}/history/",
            "/cms/reports/site-history/",
        ):
            assert client.get(address).status_code == 200, address
        with pytest.raises(BadBackup, match="已经在这里"):
            restore_tenant(file)


def test_it_answers_under_another_name_where_the_old_one_is_taken(filled: Any, settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "heping.zip"
    backup_tenant(filled, file)
    with elsewhere(settings, tmp_path / "elsewhere"):
        Domain.objects.create(
            domain="heping.tianjin.localhost", tenant=Tenant.objects.get(schema_name="public"), is_primary=False
        )
        with pytest.raises(DuplicateDomain):
            restore_tenant(file)
        _assert_nothing(filled)
        tenant = restore_tenant(file, domain="heping.localhost")
        with tenant_context(tenant):
            assert Site.objects.get(is_default_site=True).hostname == "heping.localhost"


def _assert_nothing(tenant: Any) -> None:
    connection.set_schema_to_public()
    assert not schema_exists(tenant.schema_name)
    assert not Tenant.objects.filter(schema_name=tenant.schema_name).exists()
    with schema_context(tenant.schema_name):
        assert not default_storage.exists("images/猫 1.png")
        assert not storages["certificates"].exists("ab/cd.pdf")


Change = Callable[[dict[str, Any], dict[str, bytes]], object]


def _changed(file: Path, change: Change) -> Path:
    with zipfile.ZipFile(file) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(entries.pop("manifest.json"))
    change(manifest, entries)
    path = file.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as new:
        for name, content in entries.items():
            new.writestr(name, content)
        new.writestr("manifest.json", json.dumps(manifest))
    return path


def _flip(manifest: Any, entries: Any) -> None:
    entries["rows/accounts_user.copy"] = entries["rows/accounts_user.copy"].replace(b"officer", b"0fficer")


FAULTS: dict[str, tuple[Change, str]] = {
    "a changed row": (_flip, "校验和不对"),
    "a missing file": (lambda manifest, entries: entries.pop("schema/post-data.sql"), "内容与清单不一致"),
    "an added file": (lambda manifest, entries: entries.update({"files/default/evil": b""}), "内容与清单不一致"),
    "another version": (lambda manifest, entries: manifest["migrations"].append(["home", "0099_new"]), "home.0099_new"),
    "another key": (lambda manifest, entries: manifest["secrets"].update(FIELD_KEYS=["0" * 16]), "FIELD_KEYS"),
    "another format": (lambda manifest, entries: manifest.update(format=9), "只认格式"),
    "fewer rows than said": (
        lambda manifest, entries: manifest["tables"]["accounts_user"].update(rows=1),
        "行数不对",
    ),
    "SQL as a name": (
        lambda manifest, entries: manifest["sequences"].update({'x"; DROP SCHEMA public': 1}),
        "不合法的名称",
    ),
}


def test_damaged_strange_and_unfit_files_change_nothing(filled: Any, settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "heping.zip"
    backup_tenant(filled, file)
    with elsewhere(settings, tmp_path / "elsewhere"):
        for change, reason in FAULTS.values():
            with pytest.raises(BadBackup, match=reason):
                restore_tenant(_changed(file, change))
            _assert_nothing(filled)
        (tmp_path / "cut.zip").write_bytes(file.read_bytes()[:-2000])
        for path in (tmp_path / "cut.zip", tmp_path / "none.zip"):
            with pytest.raises(BadBackup, match="读不出"):
                restore_tenant(path)


def test_the_file_is_for_the_operator_alone_and_holds_no_secret(filled: Any, settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "heping.zip"
    call_command("backup_tenant", "120101", str(file), verbosity=0)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("*.partial")] == []
    with zipfile.ZipFile(file) as bundle:
        whole = b"".join(bundle.read(name) for name in bundle.namelist())
    assert settings.DIGEST_KEY.encode() not in whole
    assert settings.FIELD_KEYS[0].encode() not in whole
    assert b"picture of b" not in whole
    with pytest.raises(CommandError, match="never overwrites"):
        call_command("backup_tenant", "120101", str(file))


def test_a_backup_that_fails_leaves_no_file(filled: Any, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TABLE "{filled.schema_name}".strange (t bigint REFERENCES public.tenants_tenant (id))')
    with pytest.raises(TenantError, match="tenants_tenant"):
        backup_tenant(filled, tmp_path / "heping.zip")
    assert list(tmp_path.glob("heping*")) == []
