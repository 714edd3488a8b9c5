"""Prove that the log of certificates is whole."""

import sys
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from certificates.audit import Report, audit, head_of
from tenants.management.choosing import SITE_HELP, find_tenant
from tenants.models import Tenant


class Command(BaseCommand):
    help = (
        "Recompute the chain of the log of certificates and compare it with the certificates; exit code 1 if it breaks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", required=True, help="The only thing there is to do.")
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--tenant", help=SITE_HELP)
        whose.add_argument("--all", action="store_true", help="Every site.")
        parser.add_argument("--head", default="", help="SEQUENCE:DIGEST that was written down earlier, of one site.")

    def handle(self, *, tenant: str | None, head: str, **options: Any) -> None:
        if head and not tenant:
            raise CommandError("--head belongs to one site: name it with --tenant.")
        try:
            known = head_of(head) if head else None
        except ValueError:
            raise CommandError("--head is written as it was printed: SEQUENCE:DIGEST.") from None
        sites = (
            [find_tenant(tenant)] if tenant else Tenant.objects.exclude(schema_name="public").order_by("schema_name")
        )
        broken = 0
        for site in sites:
            with tenant_context(site), _one_moment():
                report = audit(known=known)
            self._say(site, report)
            broken += bool(report.faults)
        if broken:
            self.stderr.write(f"The log of {broken} site(s) is broken.")
            sys.exit(1)

    def _say(self, site: Tenant, report: Report) -> None:
        if not report.faults:
            self.stdout.write(f"{site.name} ({site.schema_name}): whole, {report.entries} entries, head {report.head}")
            return
        self.stdout.write(f"{site.name} ({site.schema_name}): BROKEN after {report.entries} entries")
        for fault in report.faults:
            self.stdout.write(f"  {fault}")


@contextmanager
def _one_moment() -> Any:
    """Entries and certificates as they are at one moment, while the site goes on writing."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
