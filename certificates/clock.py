"""What happens to keys because time passes."""

from datetime import datetime

from certificates.domain.warning import warn_of_keys
from tenants.clock import every


@every(minutes=60)
def warn(now: datetime) -> None:
    """Whoever can rotate a key learns in time that it ends."""
    warn_of_keys(now=now)
