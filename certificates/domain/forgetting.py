"""What a certificate says is kept for its time; after that its number and digest stay, and nothing about a person."""

from dataclasses import replace

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from certificates.domain.logging import write_log
from certificates.enums import Action, Actor, ProofGrade, State
from certificates.errors import TransitionRefused
from certificates.facts import CertificateFacts, ServiceRow
from certificates.models import Certificate
from certificates.signals import certificate_forgotten

GONE = "（已不再保存）"


@transaction.atomic
def forget_certificate(certificate: Certificate) -> bool:
    """Delete the PDF and what identifies its holder; False when that is done already.

    Whoever asks has seen to it that its time is over. The check goes on knowing number and SHA-256.
    TransitionRefused while it is still being made.
    """
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.forgotten_at is not None:
        return False
    if locked.state == State.REQUESTED:
        raise TransitionRefused(f"{locked.number} is still being made.", field="state")
    name = locked.pdf_name
    certificate_forgotten.send(sender=Certificate, certificate=locked)
    locked.forgotten_at = timezone.now()
    # The digest of the facts would go on telling a guessed name and number from others.
    locked.facts_json, locked.facts_digest = anonymous(locked.facts).to_json(), ""
    locked.holder_key, locked.requested_by, locked.pdf_name = f"forgotten:{locked.pk}", "", ""
    locked.outdated_reason = GONE if locked.outdated_reason else ""
    locked.revoked_reason = GONE if locked.revoked_reason else ""
    locked.save()
    locked.revocations.update(reason=GONE, note="")
    locked.links.filter(ended_at=None).update(ended_at=timezone.now())
    if hasattr(locked, "credential"):
        locked.credential.document = "{}"
        locked.credential.save(update_fields=["document"])
    if name:
        transaction.on_commit(lambda: storages["certificates"].delete(name))
    write_log(Action.FORGOTTEN, number=locked.number, actor=Actor.WORKER)
    return True


def anonymous(facts: CertificateFacts) -> CertificateFacts:
    """Period, hours in all and the bodies' names; no holder, no service, no member of staff."""
    row = ServiceRow(
        day=facts.period_start,
        project=GONE,
        content=GONE,
        place="",
        minutes=facts.minutes,
        grade=ProofGrade.LATE_ENTRY,
    )
    honour = replace(facts.honour, text=GONE) if facts.honour else None
    name = facts.holder_name if facts.holder_name == facts.holder_masked else GONE
    return replace(
        facts,
        holder_name=name,
        holder_masked=facts.holder_masked if name != GONE else "*",
        id_kind="",
        id_masked="",
        volunteer_number="",
        main_content=GONE,
        bodies=tuple(replace(body, in_charge="", handler="", phone="") for body in facts.bodies),
        rows=() if facts.honour else (row,),
        honour=honour,
        part=None,
        design=None,
    )
