"""Say how the Elasticsearch index differs from the listings, and mend it on demand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.elastic.client import configured
from search.elastic.compare import compare, mend


class Command(BaseCommand):
    help = "Compare the Elasticsearch index with the listings; --repair has the feed mend what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true")

    def handle(self, *, repair: bool, **options: Any) -> None:
        if not configured():
            raise CommandError("Set ELASTICSEARCH_URL.")
        found = compare()
        for name in ("missing", "outdated", "extra"):
            identities = getattr(found, name)
            self.stdout.write(f"{name}: {len(identities)}  {' '.join(identities[:10])}".rstrip())
        if repair:
            mend(found)
            self.stdout.write("The feed brings them up to date now.")
