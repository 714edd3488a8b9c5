"""Build the Elasticsearch index anew, without a pause in searching or saving."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.elastic.client import configured
from search.elastic.rebuild import RebuildFailed, rebuild
from search.elastic.state import RebuildRuns


class Command(BaseCommand):
    help = "Build a new Elasticsearch index from the listings, then switch to it. Changes meanwhile reach both."

    def handle(self, **options: Any) -> None:
        if not configured():
            raise CommandError("Set ELASTICSEARCH_URL.")
        try:
            done = rebuild(say=self.stdout.write)
        except (RebuildFailed, RebuildRuns) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{done.index}: {done.listings} listings in {done.seconds:.1f} seconds")
