"""`manage.py sync_roles`: after an upgrade, give every tenant's groups what the table of roles says."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django_tenants.utils import schema_context

from portal.accounts.roles import make_groups
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Sets the rights of the role groups in every tenant. Repeatable; new tenants have them from the start."

    def handle(self, *args: Any, **options: Any) -> None:
        with schema_context("public"):
            schemas = [*Tenant.objects.exclude(schema_name="public").values_list("schema_name", flat=True)]
        for schema in schemas:
            with schema_context(schema), transaction.atomic():
                make_groups()
            self.stdout.write(schema)
