"""Takes a certificate back, proposed by one and confirmed by another; what was issued stays visible as revoked."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.domain.logging import write_log
from certificates.domain.transitions import move
from certificates.enums import REVOCATION_TRANSITIONS, TRANSITIONS, Action, Actor, Ground, RevocationState, State
from certificates.errors import ReasonMissing, SamePerson, TransitionRefused
from certificates.models import Certificate, Revocation
from certificates.signals import certificate_ended, revocation_lapsed


@transaction.atomic
def propose_revocation(
    certificate: Certificate, *, ground: str, reason: str, proposed_by: str, second_person: bool = True
) -> Revocation:
    """A revocation that waits for a second person; without `second_person` it is confirmed at once.

    The check page shows the ground and never the reason. Refused with ReasonMissing, and with TransitionRefused when
    the certificate has ended or a proposal waits already.
    """
    if ground not in Ground.values:
        raise ReasonMissing(_("请选一个撤销事由。"), field="ground")
    if not reason.strip():
        raise ReasonMissing(_("请写明撤销原因。"), field="reason")
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if State.REVOKED not in TRANSITIONS[locked.state]:
        raise TransitionRefused(
            _("证书{number}现在是“{now}”，不能撤销。").format(number=locked.number, now=State(locked.state).label),
            field="state",
        )
    if locked.waiting_revocation():
        raise TransitionRefused(
            _("证书{number}的撤销已经提出，等第二人确认。").format(number=locked.number), field="state"
        )
    made = Revocation.objects.create(
        certificate=locked, ground=ground, reason=reason.strip()[:200], proposed_by=proposed_by, alone=not second_person
    )
    if not second_person:
        return _confirm(made, locked, by=proposed_by)
    write_log(Action.REVOCATION_PROPOSED, number=locked.number, actor=Actor.STAFF, account=proposed_by, ground=ground)
    return made


@transaction.atomic
def confirm_revocation(revocation: Revocation, *, confirmed_by: str) -> Revocation:
    """The second person agrees: the certificate is revoked, a queued PDF is not made any more.

    Refused with SamePerson, and with TransitionRefused when somebody else has decided in the meantime.
    """
    certificate, locked = _lock(revocation)
    if confirmed_by == locked.proposed_by:
        raise SamePerson(_("提出撤销的人不能自己确认，请另一位主管来办。"), field="state")
    return _confirm(locked, certificate, by=confirmed_by)


@transaction.atomic
def decline_revocation(revocation: Revocation, *, declined_by: str, note: str) -> Revocation:
    """The second person does not agree and says why; the certificate goes on counting."""
    if not note.strip():
        raise ReasonMissing(_("请写明为什么不同意。"), field="note")
    certificate, locked = _lock(revocation)
    if declined_by == locked.proposed_by:
        raise SamePerson(_("提出撤销的人请用“收回”。"), field="state")
    _decide(locked, RevocationState.DECLINED, by=declined_by, note=note.strip()[:200])
    _log_dropped(locked, certificate, by=declined_by)
    return locked


@transaction.atomic
def withdraw_revocation(revocation: Revocation, *, withdrawn_by: str) -> Revocation:
    """Whoever proposed it takes it back."""
    certificate, locked = _lock(revocation)
    if withdrawn_by != locked.proposed_by:
        raise SamePerson(_("只有提出撤销的人能收回。"), field="state")
    _decide(locked, RevocationState.WITHDRAWN, by=withdrawn_by)
    _log_dropped(locked, certificate, by=withdrawn_by)
    return locked


def lapse_revocations(certificate: Certificate) -> None:
    """What waits about a certificate that has ended otherwise comes to nothing; the caller holds its lock."""
    for revocation in certificate.revocations.select_for_update().filter(state=RevocationState.PROPOSED):
        _decide(revocation, RevocationState.LAPSED, by="")
        _log_dropped(revocation, certificate, by="", actor=Actor.WORKER)
        revocation_lapsed.send(sender=Certificate, certificate=certificate, revocation=revocation)


def _lock(revocation: Revocation) -> tuple[Certificate, Revocation]:
    """The certificate first, as everywhere, so that two verbs never wait for each other."""
    certificate = Certificate.objects.select_for_update().get(pk=revocation.certificate_id)
    return certificate, Revocation.objects.select_for_update().get(pk=revocation.pk)


def _confirm(revocation: Revocation, certificate: Certificate, *, by: str) -> Revocation:
    _decide(revocation, RevocationState.CONFIRMED, by=by)
    move(
        certificate,
        State.REVOKED,
        revoked_ground=revocation.ground,
        revoked_reason=revocation.reason,
        ended_at=revocation.decided_at,
        ended_by=by,
    )
    certificate_ended.send(sender=Certificate, certificate=certificate)
    write_log(
        Action.REVOKED,
        number=certificate.number,
        actor=Actor.STAFF,
        account=by,
        ground=revocation.ground,
        alone=revocation.alone,
    )
    return revocation


def _decide(revocation: Revocation, to: Any, *, by: str, note: str = "") -> None:
    if to not in REVOCATION_TRANSITIONS[revocation.state]:
        raise TransitionRefused(
            _("这次撤销现在是“{now}”，不能再改。").format(now=RevocationState(revocation.state).label), field="state"
        )
    revocation.state, revocation.decided_by, revocation.note = to, by, note
    revocation.decided_at = timezone.now()
    revocation.save(update_fields=["state", "decided_by", "decided_at", "note"])


def _log_dropped(revocation: Revocation, certificate: Certificate, *, by: str, actor: Actor = Actor.STAFF) -> None:
    write_log(
        Action.REVOCATION_DROPPED,
        number=certificate.number,
        actor=actor,
        account=by,
        ground=revocation.ground,
        outcome=str(revocation.state),
    )
