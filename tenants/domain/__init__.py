"""Verbs on tenants."""

from tenants.domain.backup import backup_tenant
from tenants.domain.hosts import add_domain, make_primary, remove_domain
from tenants.domain.lifecycle import archive_tenant, delete_tenant, pause_tenant, reopen_tenant
from tenants.domain.provision import check_new_tenant, create_tenant
from tenants.domain.restore import restore_tenant
from tenants.domain.template import build_template, ensure_template

__all__ = [
    "add_domain",
    "archive_tenant",
    "backup_tenant",
    "build_template",
    "check_new_tenant",
    "create_tenant",
    "delete_tenant",
    "ensure_template",
    "make_primary",
    "pause_tenant",
    "remove_domain",
    "reopen_tenant",
    "restore_tenant",
]
