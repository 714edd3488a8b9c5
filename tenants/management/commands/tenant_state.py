"""Pause, archive or reopen a site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.domain import archive_tenant, pause_tenant, reopen_tenant
from tenants.management.choosing import SITE_HELP, find_tenant, refusals


class Command(BaseCommand):
    help = "pause: 503 with a reason; archive: 410, of a paused site; reopen: both back to service."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["pause", "archive", "reopen"])
        parser.add_argument("site", help=SITE_HELP)
        parser.add_argument("--reason", default="", help="Shown to visitors while the site is closed.")

    def handle(self, *, verb: str, site: str, reason: str, **options: Any) -> None:
        tenant = find_tenant(site)
        with refusals():
            if verb == "pause":
                pause_tenant(tenant, reason=reason)
            elif verb == "archive":
                archive_tenant(tenant, reason=reason)
            else:
                reopen_tenant(tenant)
        self.stdout.write(f"{tenant.name}: {tenant.get_state_display()}")
