"""What the worker does for notices."""

from portal.notices.domain.delivery import BACK_OFF, send_waiting
from tenants.tasks import task


@task(retries=BACK_OFF)
def deliver(notice_id: int) -> None:
    """Send one notice; a failure comes again after a while."""
    send_waiting(notice_id)
