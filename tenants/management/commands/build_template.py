"""Build the SQL template of a fresh tenant schema."""

from typing import Any

from django.core.management.base import BaseCommand

from tenants.domain import build_template


class Command(BaseCommand):
    help = "Build the SQL template from which tenants are made; run it after each migration of tenant apps."

    def handle(self, **options: Any) -> None:
        template = build_template()
        self.stdout.write(f"Template {template} built, {len(template.sql) // 1024} KB.")
