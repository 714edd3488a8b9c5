"""Keeps the SQL of a freshly migrated schema, so that a tenant is made in a third of a second."""

import re

from django.core.management import call_command
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import schema_context

from tenants.errors import StaleTemplate
from tenants.fingerprint import schema_fingerprint
from tenants.models import SchemaTemplate
from tenants.pgtools import pg_dump
from tenants.signals import template_built

_SCHEMA = "t_template"
_SKIPPED = ("\\", "SET ", "SELECT pg_catalog.set_config('search_path'", "--")


def build_template() -> SchemaTemplate:
    """Migrate and seed an empty schema, keep its SQL, drop the schema. Takes most of a minute.

    Must not run inside a transaction: migrations over pending triggers fail.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {_SCHEMA}")
    try:
        call_command("migrate_schemas", schema_name=_SCHEMA, verbosity=0, interactive=False)
        with schema_context(_SCHEMA), transaction.atomic():
            template_built.send(sender=SchemaTemplate)
            # What filling has queued would run in a schema that is gone by then.
            DBTaskResult.objects.filter(args_kwargs__kwargs___schema=_SCHEMA).delete()
        sql = clean_sql(pg_dump("-n", _SCHEMA, "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500"))
    finally:
        connection.set_schema_to_public()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
    SchemaTemplate.objects.exclude(fingerprint=schema_fingerprint()).delete()
    template, _ = SchemaTemplate.objects.update_or_create(fingerprint=schema_fingerprint(), defaults={"sql": sql})
    return template


def ensure_template() -> SchemaTemplate:
    """The template of the present migrations, built when there is none."""
    return SchemaTemplate.objects.filter(fingerprint=schema_fingerprint()).first() or build_template()


def has_template() -> bool:
    """Whether sites can be made at this moment; one query."""
    return bool(SchemaTemplate.objects.filter(fingerprint=schema_fingerprint()).exists())


def schema_sql(schema_name: str) -> str:
    """The SQL that makes `schema_name`; StaleTemplate when migrations have changed since the template was built."""
    template = SchemaTemplate.objects.filter(fingerprint=schema_fingerprint()).first()
    if template is None:
        raise StaleTemplate("Run `manage.py build_template`: migrations have changed since it was built.")
    return re.sub(rf"\b{_SCHEMA}\b", schema_name, template.sql)


def clean_sql(dump: str) -> str:
    """Without the settings of a session and the commands of psql."""
    return "\n".join(line for line in dump.splitlines() if line and not line.startswith(_SKIPPED))
