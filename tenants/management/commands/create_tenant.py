"""Make a site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.domain import create_tenant
from tenants.management.choosing import refusals


class Command(BaseCommand):
    help = "Make the site of a province, city or district: schema, first content and host name, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("division", help="Six-digit division code, for example 120101.")
        parser.add_argument("domain", help="Host name without port, for example heping.tianjin.example.cn.")
        parser.add_argument("--name", default="", help="Full name; the division's when left out.")
        parser.add_argument("--short-name", default="", help="Short name; the division's when left out.")

    def handle(self, *, division: str, domain: str, name: str, short_name: str, **options: Any) -> None:
        with refusals():
            tenant = create_tenant(division=division, domain=domain, name=name, short_name=short_name)
        self.stdout.write(f"{tenant.name} ({tenant.schema_name}) answers at {domain}.")
