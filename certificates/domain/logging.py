"""Adds to the log of certificates, in the transaction of what it tells."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from certificates import chain
from certificates.enums import Action, Actor
from certificates.models import LogEntry, LogHead

#: What the details of each action may hold, none of it about a person.
DETAILS: dict[Any, frozenset[str]] = {
    Action.ISSUED: frozenset({"sha256", "kind", "replaces", "sealed_by", "before_the_log"}),
    Action.DOWNLOADED: frozenset({"sha256", "way"}),
    Action.SUPERSEDED: frozenset({"newer", "before_the_log"}),
    Action.REVOCATION_PROPOSED: frozenset({"ground"}),
    Action.REVOCATION_DROPPED: frozenset({"ground", "outcome"}),
    Action.REVOKED: frozenset({"ground", "alone", "before_the_log"}),
    Action.CHECKED_IN_BULK: frozenset({"asked", "found", "host"}),
    Action.SHARED: frozenset({"days"}),
    Action.UNSHARED: frozenset(),
}


@transaction.atomic
def write_log(action: Any, *, number: str = "", actor: Any, account: object = None, **detail: Any) -> LogEntry:
    """The next entry. `account` is a member of staff's account number, of others nothing is kept.

    Whoever holds the head's row takes the next number until the transaction ends, so a rollback leaves no gap. Call
    it last: what is locked after it could wait for somebody who waits for the head.
    """
    if unknown := detail.keys() - DETAILS[action]:
        raise ValueError(f"{action} has no details {sorted(unknown)}")
    head = LogHead.objects.select_for_update().get(pk=1)
    entry = LogEntry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        action=action,
        number=number,
        actor=actor,
        account=int(str(account)) if actor == Actor.STAFF else None,
        detail=detail,
        previous=head.digest,
    )
    entry.digest = chain.digest(entry.previous, entry.canonical)
    entry.save(force_insert=True)
    head.sequence, head.digest = entry.sequence, entry.digest
    head.save(update_fields=["sequence", "digest"])
    return entry
