"""The issuing of rounds in the worker."""

from portal.honours.domain.issuing import issue_round
from tenants.tasks import task

WAITS = (10, 60, 300)  # seconds before each further attempt


@task(retries=WAITS)
def issue_awards(round_id: int) -> None:
    """Number after number until nobody of the round waits."""
    issue_round(round_id)
