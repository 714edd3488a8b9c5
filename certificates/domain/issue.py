"""Makes the PDF of a requested certificate, once, sealed where the site has a key, and keeps it for good."""

import hashlib

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.domain.ending import lapse_revocations
from certificates.domain.logging import write_log
from certificates.domain.transitions import move
from certificates.enums import Action, Actor, State
from certificates.models import Certificate
from certificates.sealing import Sealed, put_seal, require_trusted, sealing_key
from certificates.signals import certificate_dropped, certificate_ended, certificate_failed, certificate_issued
from certificates.standing import why_not
from tenants.unhurried import unhurried

MOST_ATTEMPTS = 5
log = structlog.get_logger(__name__)


def issue_certificate(certificate_id: int) -> Certificate:
    """Print, seal, store and issue; a certificate that is no longer requested is returned as it is.

    What it says is asked about at the last moment (`certificates.standing`): if it holds no longer, it is dropped.

    Killed at any step, it can run again: the file is named by its content, the row moves once, under a lock.
    A failure is kept on the row for the person who waits, then raised for the task to try again.
    """
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.state != State.REQUESTED:
        return certificate
    with unhurried():
        Certificate.objects.filter(pk=certificate_id).update(attempts=F("attempts") + 1, started_at=timezone.now())
    try:
        with transaction.atomic():
            return _print_and_store(certificate)
    except Exception as problem:
        _note_failure(certificate_id, problem)
        raise


def retry_certificate(certificate: Certificate) -> None:
    """Queue once more what was given up."""
    from certificates.tasks import print_pdf

    with transaction.atomic():
        changed = Certificate.objects.filter(pk=certificate.pk, state=State.REQUESTED, given_up=True).update(
            given_up=False, failure="", attempts=0, started_at=None
        )
        if changed:
            print_pdf.enqueue(certificate.pk)


def _print_and_store(certificate: Certificate) -> Certificate:
    from certificates.rendering import press  # WeasyPrint: half a second that only the worker pays

    pdf = press.print_certificate(certificate.facts, certificate.imprint)
    key, key_ended = sealing_key()
    sealed = put_seal(pdf, key) if key else Sealed(pdf, "")
    # Before the certificate's own lock: whoever changes what it was made from locks that first, then the certificate.
    untrue = why_not(certificate)
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.state != State.REQUESTED:
        return locked
    if reason := untrue or _taken_back(locked):
        return _drop(locked, reason)
    sha256 = hashlib.sha256(sealed.pdf).hexdigest()
    name = storages["certificates"].save(f"{sha256[:2]}/{sha256}.pdf", ContentFile(sealed.pdf))
    try:
        if key:
            require_trusted(key)
        move(
            locked,
            State.ISSUED,
            issued_at=timezone.now(),
            failure="",
            given_up=False,
            pdf_name=name,
            pdf_sha256=sha256,
            pdf_size=len(sealed.pdf),
            sealed_by=key,
            seal_profile=sealed.profile,
            template_version=press.template_version(locked.kind),
            font_set=press.font_set(),
            software_version=press.SOFTWARE,
        )
        if locked.replaces_id:
            _supersede(locked.replaces_id, newer=locked.number)
        certificate_issued.send(sender=Certificate, certificate=locked)
        write_log(
            Action.ISSUED,
            number=locked.number,
            actor=Actor.WORKER,
            sha256=sha256,
            kind=locked.kind,
            replaces=locked.replaces.number if locked.replaces else "",
            **({"sealed_by": key.fingerprint} if key else {}),
            **({"key_ended": True} if key_ended else {}),
        )
    except Exception:
        # No two seals are the same, so the next attempt will have another name.
        storages["certificates"].delete(name)
        raise
    return locked


def _drop(certificate: Certificate, reason: str) -> Certificate:
    """Never issued; what it was to replace goes on counting and can be corrected anew. The number stays spent."""
    replaces = certificate.replaces
    move(
        certificate,
        State.DROPPED,
        outdated_at=timezone.now(),
        outdated_reason=str(reason)[:200],
        replaces=None,
        failure="",
        given_up=False,
    )
    certificate_dropped.send(sender=Certificate, certificate=certificate, replaces=replaces, reason=reason)
    write_log(Action.DROPPED, number=certificate.number, actor=Actor.WORKER)
    return certificate


def _taken_back(certificate: Certificate) -> str:
    """Why it does not go on under another number: what it replaces was revoked while the new sheet was being made."""
    if not certificate.replaces_id:
        return ""
    old = Certificate.objects.select_for_update().get(pk=certificate.replaces_id)
    return _("原来的证书撤销了") if old.state == State.REVOKED else ""


def _supersede(certificate_id: int, *, newer: str) -> None:
    old = Certificate.objects.select_for_update().get(pk=certificate_id)
    move(old, State.SUPERSEDED, ended_at=timezone.now())
    lapse_revocations(old)
    certificate_ended.send(sender=Certificate, certificate=old)
    write_log(Action.SUPERSEDED, number=old.number, actor=Actor.WORKER, newer=newer)


def _note_failure(certificate_id: int, problem: Exception) -> None:
    """The kind of error alone: its text may hold what the certificate says about a person."""
    with transaction.atomic():
        certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
        certificate.failure = type(problem).__name__
        certificate.given_up = certificate.attempts >= MOST_ATTEMPTS
        certificate.save(update_fields=["failure", "given_up"])
        if certificate.given_up:
            certificate_failed.send(sender=Certificate, certificate=certificate)
    log.warning("certificate_failed", certificate=certificate_id, error=type(problem).__name__)
