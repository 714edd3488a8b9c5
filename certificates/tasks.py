"""The making of PDFs in the worker."""

from certificates.domain.issue import MOST_ATTEMPTS, issue_certificate
from tenants.tasks import task

WAITS = (10, 60, 300, 1800)  # seconds before each further attempt
assert len(WAITS) == MOST_ATTEMPTS - 1


@task(retries=WAITS)
def print_pdf(certificate_id: int) -> None:
    """Print, store and issue."""
    issue_certificate(certificate_id)
