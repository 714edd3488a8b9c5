"""What the clock does to projects."""

from datetime import datetime

from portal.projects.domain import follow_clock
from tenants.clock import every


@every(minutes=10)
def settle_projects(now: datetime) -> None:
    """Store running, finished, full and recruiting; pages compute them and do not wait for this."""
    follow_clock(now=now)
