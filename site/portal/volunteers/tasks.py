"""Carrying out orders in the worker, and reminding of what is due by the clock."""

from datetime import datetime

from portal.volunteers.domain.contesting import remind
from portal.volunteers.domain.keeping import forget_what_is_over
from portal.volunteers.domain.ordering import settle_order
from tenants.clock import every
from tenants.tasks import task

WAITS = (10, 60, 300)  # seconds before each further attempt


@task(retries=WAITS)
def carry_out(order_id: int) -> None:
    """Settle every line that waits."""
    settle_order(order_id)


@every(minutes=24 * 60)
def remind_of_corrections(now: datetime) -> None:
    """Contested certificates whose day of answering is tomorrow, today or over."""
    remind(now)


@every(minutes=24 * 60)
def forget_certificates(now: datetime) -> None:
    """What was kept for its time, and whose holder has no account any more."""
    forget_what_is_over(now)
