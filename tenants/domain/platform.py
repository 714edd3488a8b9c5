"""Prepares the platform itself: shared tables, its own registry row, the schema template."""

from django.core.management import call_command
from django.db import connection

from tenants.domain.migration import note_migrated
from tenants.domain.template import ensure_template
from tenants.enums import Level
from tenants.models import Domain, Tenant


def prepare_platform(*, domain: str, name: str = "银龄") -> Tenant:
    """Migrate the public schema, register `domain` as the platform's host, build the template. Repeatable."""
    connection.set_schema_to_public()
    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    platform = Tenant.objects.filter(schema_name="public").first() or Tenant.objects.create(
        schema_name="public", name=name, short_name=name, division_code="000000", level=Level.PROVINCE
    )
    Domain.objects.get_or_create(domain=domain, defaults={"tenant": platform, "is_primary": True})
    note_migrated(schema_name="public")
    ensure_template()
    return platform
