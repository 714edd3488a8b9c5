"""Set up the platform, or bring its public schema up to date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.domain.platform import prepare_platform


class Command(BaseCommand):
    help = "Make the shared tables, register the platform's host name, build the template of a site. Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("domain", help="The platform's own host name.")

    def handle(self, *, domain: str, **options: Any) -> None:
        prepare_platform(domain=domain)
        self.stdout.write(f"The platform answers at {domain}.")
