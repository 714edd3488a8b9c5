"""Give a site a host name, or take one away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.domain import add_domain, make_primary, remove_domain
from tenants.management.choosing import SITE_HELP, find_tenant, refusals


class Command(BaseCommand):
    help = "add, remove, or make primary: the name that the site's own links use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["add", "remove", "primary"])
        parser.add_argument("site", help=SITE_HELP)
        parser.add_argument("domain", help="Host name without port.")

    def handle(self, *, verb: str, site: str, domain: str, **options: Any) -> None:
        tenant = find_tenant(site)
        with refusals():
            if verb == "add":
                add_domain(tenant, domain=domain)
            elif verb == "remove":
                remove_domain(tenant, domain=domain)
            else:
                make_primary(tenant, domain=domain)
        names = ", ".join(str(row) for row in tenant.domains.all())
        self.stdout.write(f"{tenant.name}: {names}")
