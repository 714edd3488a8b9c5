"""The making of PDFs in the worker, and the tidying behind it."""

from datetime import datetime

from django.utils import timezone

from certificates.domain.issue import MOST_ATTEMPTS, issue_certificate
from certificates.domain.leftovers import remove_leftovers
from certificates.domain.pictures import remove_unused_pictures
from tenants.clock import every
from tenants.tasks import task

WAITS = (10, 60, 300, 1800)  # seconds before each further attempt
assert len(WAITS) == MOST_ATTEMPTS - 1


@task(retries=WAITS)
def print_pdf(certificate_id: int) -> None:
    """Print, store and issue."""
    issue_certificate(certificate_id)


@task()
def tidy_up() -> None:
    """Remove sheets, emblems and backgrounds that nobody names."""
    remove_leftovers(now=timezone.now())
    remove_unused_pictures(now=timezone.now())


@every(minutes=24 * 60)
def tidy_up_daily(now: datetime) -> None:
    """Queued: a large site's storage takes long to list."""
    tidy_up.enqueue()
