"""What happens to listings because time passes."""

from datetime import datetime

from search import listings
from tenants.clock import every


@every(minutes=1)
def write_stale(now: datetime) -> None:
    """Listings whose status or next occasion changed by now, in the current site."""
    listings.write_stale(now)
