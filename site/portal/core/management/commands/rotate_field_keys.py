"""`manage.py rotate_field_keys`: after a new first key in FIELD_KEYS, bring every tenant's data under it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import schema_context

from portal.core.rotation import renew_digests, rotate_schema
from tenants.models import Tenant


class Command(BaseCommand):
    help = (
        "Encrypts personal data of all tenants anew under the first key of FIELD_KEYS. May be run while the site "
        "runs, and again after an interruption. When it ends without error, the older keys can be dropped."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--digests",
            action="store_true",
            help="make the digests anew under a changed DIGEST_KEY instead; the web server and workers must be stopped",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        work = renew_digests if options["digests"] else rotate_schema
        failed = []
        with schema_context("public"):
            schemas = [*Tenant.objects.order_by("schema_name").values_list("schema_name", flat=True)]
        for number, schema in enumerate(schemas, start=1):
            try:
                with schema_context(schema):
                    rotated, current = work()
            except Exception as error:
                failed.append(schema)
                self.stderr.write(f"{number}/{len(schemas)} {schema}: {type(error).__name__}")
            else:
                self.stdout.write(f"{number}/{len(schemas)} {schema}: {rotated} rotated, {current} current")
        if failed:
            raise CommandError(f"Keep the old keys and run again. Not finished: {', '.join(failed)}")
