"""What happens to listings because time passes."""

from datetime import datetime

from search import frequencies, listings
from tenants.clock import every


@every(minutes=1)
def write_stale(now: datetime) -> None:
    """Listings whose status or next occasion changed by now, in the current site."""
    listings.write_stale(now)


@every(minutes=30, platform=True)
def count_terms(now: datetime) -> None:
    """How rare each word is, where enough has changed."""
    frequencies.count_due(now=now)
