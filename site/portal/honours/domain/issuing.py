"""Issues an approved round, one certificate at a time: each is asked anew whether it is still deserved."""

from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from certificates.domain import request_certificate
from certificates.errors import CertificateError
from certificates.models import Certificate
from portal.honours import facts, queries
from portal.honours.domain import telling
from portal.honours.domain.candidates import group_why, hours_why, person_why_now, put_standing
from portal.honours.domain.moves import move
from portal.honours.domain.rounds import lock_round
from portal.honours.enums import EntryState, RoundState, Why
from portal.honours.models import Entry, Round
from portal.honours.standing import Scope, counting, held, summed
from portal.organisations.models import Organisation
from portal.volunteers.domain.certify import holder_key
from portal.volunteers.domain.locks import lock_volunteer
from portal.volunteers.models import Volunteer

log = structlog.get_logger(__name__)


def issue_round(round_id: int) -> None:
    """Until nobody waits. Killed at any moment, it goes on where it stopped: nobody gets two, nobody none.

    An entry that fails keeps none of the others waiting: it is passed over, and what went wrong is raised at the end.
    """
    award = Round.objects.select_related("proposed_by", "decided_by").get(pk=round_id)
    if award.state != RoundState.APPROVED:
        return
    scope = queries.scope_of(award)
    failed: dict[int, Exception] = {}
    while _next(award, scope, failed):
        pass
    for problem in failed.values():
        raise problem
    _finish(award)


@transaction.atomic
def _next(award: Round, scope: Scope, failed: dict[int, Exception]) -> bool:
    """One entry that nobody else has in hand, put into `failed` if it cannot be issued; False when there is none."""
    waiting = Entry.objects.filter(round=award, state=EntryState.CHOSEN).exclude(pk__in=failed).order_by("pk")
    entry = waiting.select_for_update(skip_locked=True).first()
    if entry is None:
        return False
    try:
        with transaction.atomic():
            issue_entry(award, entry, scope)
    except Exception as problem:
        # By its kind: its text may quote a person.
        log.error("award_failed", entry=entry.pk, error=type(problem).__name__)
        failed[entry.pk] = problem
    return True


def issue_entry(award: Round, entry: Entry, scope: Scope) -> None:
    """A locked entry that is chosen gets its number, or is left out with the reason."""
    issue = _issue_to_group if entry.volunteer_id is None else _issue_to_person
    issue(award, entry, scope)


def _issue_to_person(award: Round, entry: Entry, scope: Scope) -> None:
    volunteer = lock_volunteer(Volunteer(pk=entry.volunteer_id))  # by its key: it is read once, as it is under the lock
    records = held(scope.records().filter(volunteer=volunteer))
    standing = summed(records)
    put_standing(entry, standing)
    if why := person_why_now(volunteer) or hours_why(award, standing):
        _leave_out(entry, why)
        return
    _request(
        award,
        entry,
        lambda: facts.person_facts(award, volunteer, counting(records)),
        holder_key(volunteer),
    )


def _issue_to_group(award: Round, entry: Entry, scope: Scope) -> None:
    group = Organisation.objects.select_for_update(no_key=True).get(pk=entry.organisation_id)
    records = held(scope.records().filter(project__organiser=group))
    standing = summed(records)
    put_standing(entry, standing)
    if why := group_why(group) or hours_why(award, standing):
        _leave_out(entry, why)
        return
    _request(
        award,
        entry,
        lambda: facts.group_facts(award, group, counting(records)),
        queries.group_key(group),
    )


def _request(award: Round, entry: Entry, sheet: Any, key: str) -> None:
    """The number and the queued PDF; what cannot be printed, or stands there already, is left out with its reason."""
    try:
        certificate = request_certificate(sheet(), holder_key=key, requested_by=str(award.decided_by_id))
    except CertificateError as refusal:
        _leave_out(entry, Why.UNPRINTABLE, note=str(refusal.message)[:200])
        return
    if _stands_elsewhere(certificate):
        _leave_out(entry, Why.ALREADY, note=certificate.number)
        return
    move(entry, EntryState.ISSUED, certificate=certificate, **_sums(entry))


def _stands_elsewhere(certificate: Certificate) -> bool:
    return Entry.objects.filter(certificate=certificate).exists()


def _leave_out(entry: Entry, why: str, *, note: str = "") -> None:
    move(entry, EntryState.LEFT_OUT, why=why, note=note, fell_out=True, **_sums(entry))
    log.info("award_left_out", entry=entry.pk, why=str(why))


def _sums(entry: Entry) -> dict[str, int]:
    return {name: getattr(entry, name) for name in ("minutes", "days", "people", "unsettled", "paid")}


@transaction.atomic
def _finish(award: Round) -> None:
    """The last worker says that it is done; whoever still holds an entry does it later."""
    found = lock_round(award)
    if found.state != RoundState.APPROVED or found.entries.filter(state=EntryState.CHOSEN).exists():
        return
    move(found, RoundState.DONE, finished_at=timezone.now())
    issued = found.entries.filter(state=EntryState.ISSUED).count()
    telling.round_done(award, issued=issued, left_out=found.entries.filter(fell_out=True).count())
