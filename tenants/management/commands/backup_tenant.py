"""Write one site into one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.domain import backup_tenant
from tenants.management.choosing import SITE_HELP, find_tenant, refusals


class Command(BaseCommand):
    help = "Write rows, files, certificates, queued tasks and host names of one site into one zip file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("site", help=SITE_HELP)
        parser.add_argument("file", type=Path, help="Must not exist yet.")

    def handle(self, *, site: str, file: Path, **options: Any) -> None:
        tenant = find_tenant(site)
        if file.exists():
            raise CommandError(f"{file} exists; a backup never overwrites another.")
        with refusals():
            manifest = backup_tenant(tenant, file)
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{tenant.name}: {rows} rows, {file.stat().st_size // 1024} KB in {file}.")
