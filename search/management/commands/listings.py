"""`manage.py listings`: compare what search knows of sites with what is public there, and repair it."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_tenants.utils import tenant_context

from search import drift
from tenants.management.choosing import SITE_HELP, find_tenant
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Compare the listings of one site or of all with what is public; ends with 1 where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--tenant", metavar="SITE", help=SITE_HELP)
        which.add_argument("--all", action="store_true", help="Every site, closed ones too.")
        parser.add_argument("--repair", action="store_true", help="Write what is missing or outdated, remove the rest.")

    def handle(self, *, tenant: str | None, repair: bool, **options: Any) -> None:
        every = Tenant.objects.exclude(schema_name="public").order_by("schema_name")
        sites = [find_tenant(tenant)] if tenant else list(every)
        wrong = sum(self._one(site, f"{number:3}/{len(sites)}", repair) for number, site in enumerate(sites, start=1))
        if wrong and not repair:
            raise CommandError(f"{wrong} listings differ from what is public; --repair writes them.", returncode=1)

    def _one(self, site: Tenant, at: str, repair: bool) -> int:
        """How many listings were wrong."""
        began = time.monotonic()
        with tenant_context(site):
            found = drift.compare_all()
            wrong = [each for each in found if each]
            for each in wrong:
                self.stdout.write(f"         {each.kind}: {each}")
                if repair:
                    drift.repair(each)
        count = sum(len(each.missing) + len(each.extra) + len(each.outdated) for each in wrong)
        said = "in order" if not wrong else f"{count} repaired" if repair else f"{count} differ"
        listed = sum(each.listed for each in found)
        self.stdout.write(f"{at}  {site.name}  {listed} listings  {said}  {time.monotonic() - began:.1f} s")
        self.stdout.flush()
        return count
