"""Brings what has changed in the listings into the index: in batches, by version, as often as it takes.

`search.Change` is the outbox: one row for each listing that the index does not know in its present version. A row
goes when the index has confirmed its version, so a process may die at any point: what was sent twice is the same
twice, and what was not confirmed is sent again. No row is locked while the cluster is asked; savers never wait.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from search.elastic import bulk, indices, mapping
from search.elastic.client import FEED_SECONDS, client
from search.models import Change

BATCH = 500
SMALL = 50
"""Up to so many changes are made visible at once; more wait for the index's own refresh, half a second."""
_LONGEST = timedelta(hours=1)

log = structlog.get_logger(__name__)


class FeedRefused(Exception):
    """The cluster does not take changes now; the feed tries again after a while."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change as it was read; it may have changed again since."""

    pk: int
    identity: str
    version: int
    attempts: int


def turn() -> int | None:
    """Feed one batch of what waits; how many changes were confirmed, None while another process feeds.

    Raises `FeedRefused`, or what the client raises when the cluster does not answer.
    """
    with indices.feeding() as mine:
        if not mine:
            return None
        keys = _due()
        if not keys:
            return 0
        waiting, actions = _actions(keys)
        answers = _send(actions)
        confirmed = _confirm(waiting, answers)
    # After the commit: what was taken stays confirmed.
    if answers.later:
        raise FeedRefused(next(iter(answers.later.values())))
    return confirmed


def _due() -> list[int]:
    """The oldest changes whose time has come."""
    now = timezone.now()
    due = Change.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now)).order_by("version")
    return list(due.values_list("pk", flat=True)[:BATCH])


def _actions(keys: list[int]) -> tuple[list[Waiting], list[dict[str, Any]]]:
    """What is to be done to the index: the listing as it stands now, or its deletion."""
    waiting, actions = [], []
    with connection.cursor() as cursor:
        cursor.execute(_READ, [keys])
        for row in cursor.fetchall():
            pk, tenant_id, kind, source, part, version, attempts = row[:7]
            listing = row[7:]
            waiting.append(Waiting(pk, mapping.identity(tenant_id, kind, source, part), version, attempts))
            if listing[0] is None:
                actions.append(bulk.delete_action(tenant_id, kind, source, part, version))
            else:
                actions.append(bulk.index_action(listing))
    return waiting, actions


_READ = f"""
SELECT change.id, change.tenant_id, change.kind, change.source, change.part, change.version, change.attempts,
       {mapping.SELECTED}
  FROM search_change change
  LEFT JOIN search_listing listing USING (tenant_id, kind, source, part)
 WHERE change.id = ANY(%s)
"""


def _send(actions: list[dict[str, Any]]) -> bulk.Answers:
    """To every index that is asked or being built; taken is what all of them have taken."""
    cluster = client(FEED_SECONDS)
    names = indices.targets(cluster)
    if not names:
        raise FeedRefused("There is no index yet.")
    together = bulk.Answers()
    for name in names:
        one = bulk.send(cluster, name, actions, refresh=len(actions) <= SMALL)
        together.later |= one.later
        together.never |= one.never
        together.taken |= one.taken
    together.taken -= together.later.keys() | together.never.keys()
    return together


def _confirm(waiting: list[Waiting], answers: bulk.Answers) -> int:
    taken = [change for change in waiting if change.identity in answers.taken]
    with connection.cursor() as cursor:
        # A change that came meanwhile has another version and stays.
        cursor.execute(
            "DELETE FROM search_change change USING unnest(%s::bigint[], %s::bigint[]) AS sent (id, version)"
            " WHERE change.id = sent.id AND change.version = sent.version",
            [[change.pk for change in taken], [change.version for change in taken]],
        )
    for change in waiting:
        if change.identity in answers.never:
            _put_off(change, answers.never[change.identity])
    return len(taken)


def _put_off(change: Waiting, error: str) -> None:
    """This one listing is refused whatever the cluster's state: it must not hold up the others."""
    wait = min(timedelta(seconds=5 * 2**change.attempts), _LONGEST)
    Change.objects.filter(pk=change.pk, version=change.version).update(
        attempts=change.attempts + 1, next_try_at=timezone.now() + wait, error=error
    )
    log.error("search_change_refused", document=change.identity, error=error, attempts=change.attempts + 1)
