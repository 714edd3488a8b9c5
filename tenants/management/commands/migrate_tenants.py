"""Bring the platform and every site up to the present migrations."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.domain.migration import migrate_all


class Command(BaseCommand):
    help = "Migrate public, then all sites in parallel, then rebuild the template. Resumes where it stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="Processes at a time.")
        parser.add_argument("--again", action="store_true", help="Also sites that are recorded as up to date.")

    def handle(self, *, jobs: int, again: bool, **options: Any) -> None:
        failures = migrate_all(jobs=max(jobs, 1), again=again, say=self._say)
        if failures:
            names = ", ".join(f"{one.name} ({one.schema_name})" for one in failures)
            self.stderr.write(f"Not migrated: {names}. The others are done; run this again after mending.")
            sys.exit(1)
        self._say("All sites are up to date.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
