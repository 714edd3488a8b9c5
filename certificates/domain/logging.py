"""Adds to the log of certificates, in the transaction of what it tells."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from certificates import chain
from certificates.enums import Action, Actor
from certificates.models import LogEntry, LogHead

#: What the details of each action may hold, none of it about a person.
DETAILS: dict[Any, frozenset[str]] = {
    Action.ASKED_FOR: frozenset({"body"}),
    Action.APPROVED: frozenset(),
    Action.ISSUED: frozenset({"sha256", "kind", "replaces", "sealed_by", "key_ended", "before_the_log"}),
    Action.DOWNLOADED: frozenset({"sha256", "way", "form"}),
    Action.CREDENTIAL_MADE: frozenset({"sha256", "signed_by"}),
    Action.DROPPED: frozenset(),
    Action.SUPERSEDED: frozenset({"newer", "before_the_log"}),
    Action.REVOCATION_PROPOSED: frozenset({"ground"}),
    Action.REVOCATION_DROPPED: frozenset({"ground", "outcome"}),
    Action.REVOKED: frozenset({"ground", "alone", "before_the_log"}),
    Action.CHECKED_IN_BULK: frozenset({"asked", "found", "host"}),
    Action.SHARED: frozenset({"days"}),
    Action.UNSHARED: frozenset(),
    Action.FORGOTTEN: frozenset(),
}


def write_log(action: Any, *, number: str = "", actor: Any, account: object = None, **detail: Any) -> LogEntry:
    """The next entry. `account` is a member of staff's account number, of others nothing is kept.

    Whoever holds the head's row takes the next number until the transaction ends, so a rollback leaves no gap. Call
    it last: what is locked after it could wait for somebody who waits for the head.
    """
    (entry,) = write_logs(action, [(number, detail)], actor=actor, account=account)
    return entry


@transaction.atomic
def write_logs(
    action: Any, told: Iterable[tuple[str, dict[str, Any]]], *, actor: Any, account: object = None
) -> list[LogEntry]:
    """As `write_log`, an entry for each (number, details); little more than a query for each."""
    head = LogHead.objects.select_for_update().get(pk=1)
    entries = []
    for number, detail in told:
        if unknown := detail.keys() - DETAILS[action]:
            raise ValueError(f"{action} has no details {sorted(unknown)}")
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
        head.sequence, head.digest = entry.sequence, entry.digest
        # The database lets the head go forward one by one alone.
        head.save(update_fields=["sequence", "digest"])
        entries.append(entry)
    LogEntry.objects.bulk_create(entries, batch_size=1000)
    return entries
