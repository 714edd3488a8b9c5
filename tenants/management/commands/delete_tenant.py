"""Delete a site for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.domain import delete_tenant
from tenants.management.choosing import SITE_HELP, find_tenant, refusals


class Command(BaseCommand):
    help = "Delete a paused or archived site: schema, files, queued tasks, host names. Back it up first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("site", help=SITE_HELP)
        parser.add_argument("--typed-name", help="The site's full name, to confirm; asked for when left out.")

    def handle(self, *, site: str, typed_name: str | None, **options: Any) -> None:
        tenant = find_tenant(site)
        if typed_name is None:
            typed_name = input(f"Type the full name of {tenant.schema_name} to delete it for good: ")
        with refusals():
            delete_tenant(tenant, typed_name=typed_name)
        self.stdout.write(f"{tenant.name} is deleted.")
