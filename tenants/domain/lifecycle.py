"""Moves a site through its states, and removes it for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import schema_context

from tenants.domain import files
from tenants.enums import TRANSITIONS, TenantState
from tenants.errors import NameMismatch, WrongState
from tenants.models import Tenant
from tenants.signals import tenant_moved
from tenants.tasks import SCHEMA


def pause_tenant(tenant: Tenant, *, reason: str) -> Tenant:
    """Close the site for a while; visitors read `reason` on a 503 page."""
    return _move(tenant, TenantState.PAUSED, reason=reason)


def archive_tenant(tenant: Tenant, *, reason: str = "") -> Tenant:
    """Close a paused site for good but keep all its data; visitors get a 410 page."""
    return _move(tenant, TenantState.ARCHIVED, reason=reason)


def reopen_tenant(tenant: Tenant) -> Tenant:
    """Open a paused or archived site again."""
    return _move(tenant, TenantState.ACTIVE)


def delete_tenant(tenant: Tenant, *, typed_name: str) -> None:
    """Remove schema, files, queued tasks and registry rows of a site that is not open.

    `typed_name` must be the site's full name, letter by letter: nothing brings a deleted site back.
    Sites below it move up to its parent.
    """
    with _locked(tenant) as row:
        if row.is_public or row.state == TenantState.ACTIVE:
            raise WrongState(_("%(name)s还开通着，请先暂停或归档，再删除。") % {"name": row.name})
        if typed_name != row.name:
            raise NameMismatch(
                _("输入的名称与站点全称“%(name)s”不一致，没有删除。") % {"name": row.name}, field="typed_name"
            )
        row.children.update(parent=row.parent)
        DBTaskResult.objects.filter(**{f"args_kwargs__kwargs__{SCHEMA}": row.schema_name}).delete()
        schema_name = row.schema_name
        row.delete()
        with connection.cursor() as cursor:
            # What this transaction wrote into the schema is checked now: a table with checks to come cannot go.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'DROP SCHEMA IF EXISTS "{schema_name}" CASCADE')
        # Files cannot be rolled back: they go when all else is gone.
        transaction.on_commit(lambda: files.remove_all(schema_name))


def _move(tenant: Tenant, to: Any, *, reason: str = "") -> Tenant:
    with _locked(tenant) as row:
        if row.is_public or to not in TRANSITIONS[TenantState(row.state)]:
            raise WrongState(
                _("%(name)s现在是“%(state)s”，不能改为“%(to)s”。")
                % {"name": row.name, "state": row.get_state_display(), "to": to.label},
                field="state",
            )
        row.state, row.state_reason, row.state_changed_at = to, reason.strip(), timezone.now()
        row.save(update_fields=["state", "state_reason", "state_changed_at"])
        tenant_moved.send(sender=Tenant, tenant=row)
    tenant.state, tenant.state_reason, tenant.state_changed_at = row.state, row.state_reason, row.state_changed_at
    return row


@contextmanager
def _locked(tenant: Tenant) -> Iterator[Tenant]:
    """The registry row as it is now, kept from others until the end of the transaction."""
    with schema_context("public"), transaction.atomic():
        row = Tenant.objects.select_for_update().filter(pk=tenant.pk).first()
        if row is None:
            raise WrongState(_("这个站点已经不在了。"))
        yield row
