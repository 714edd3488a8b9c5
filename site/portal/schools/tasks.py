"""Making files in the worker, ending them by the clock."""

from datetime import datetime

from django.db import transaction

from portal.schools.domain.asking import end_due
from portal.schools.domain.moves import locked, move, note
from portal.schools.domain.packing import pack_bundle
from portal.schools.enums import BundleState
from tenants.clock import every
from tenants.tasks import task

WAITS = (10, 60, 300)  # seconds before each further attempt


@task(retries=WAITS)
def make_bundle(bundle_id: int) -> None:
    """Pack what is left and finish; the kind of what went wrong is kept for the person who waits."""
    try:
        pack_bundle(bundle_id)
    except Exception as problem:
        _note_failure(bundle_id, problem)
        raise


@every(minutes=24 * 60)
def forget_bundles(now: datetime) -> None:
    """Files whose days are over are deleted; nobody could download them any more."""
    end_due(now)


@transaction.atomic
def _note_failure(bundle_id: int, problem: Exception) -> None:
    bundle = locked(bundle_id)
    if not bundle.is_open:
        return
    note(bundle, attempts=bundle.attempts + 1, failure=type(problem).__name__[:60])
    if bundle.attempts > len(WAITS):
        move(bundle, BundleState.FAILED)
