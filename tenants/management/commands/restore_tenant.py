"""Make a site from the file of a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.domain import restore_tenant
from tenants.management.choosing import refusals


class Command(BaseCommand):
    help = "Restore a site that is not here, from a file of the same version; all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--domain", default="", help="Answer under this host name instead of the old ones.")

    def handle(self, *, file: Path, domain: str, **options: Any) -> None:
        with refusals():
            tenant = restore_tenant(file, domain=domain)
        self.stdout.write(f"{tenant.name} ({tenant.schema_name}) answers at {tenant.get_primary_domain()}.")
