"""Brings every schema up to the present migrations, several at a time, and remembers how far it got."""

from typing import Any

from django.utils import timezone
from django_tenants.utils import schema_context

from tenants.domain.catalogue import applied_migrations
from tenants.fingerprint import migration_names, migrations_fingerprint
from tenants.models import Tenant


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
