"""Officers take certificates back: one proposes, another confirms; who is told is decided here."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from certificates import domain as certificates
from certificates.enums import RevocationState
from certificates.models import Certificate, Revocation
from portal.core.queries import rules
from portal.volunteers import rules as who
from portal.volunteers.domain import errors, telling_certificates
from portal.volunteers.domain.certify import holder_of


@transaction.atomic
def propose_revocation(certificate: Certificate, *, by: Any, ground: str, reason: str) -> Revocation:
    """Waits for another officer, unless the tenant's rules do without. Raises NotAllowed or a CertificateError."""
    _allowed(certificate, by)
    made = certificates.propose_revocation(
        certificate,
        ground=ground,
        reason=reason,
        proposed_by=str(by.pk),
        second_person=rules().revocation_second_person,
    )
    if made.state == RevocationState.PROPOSED:
        telling_certificates.revocation_proposed(certificate, made, by=by)
    return made


def confirm_revocation(revocation: Revocation, *, by: Any) -> Revocation:
    """The holder learns of it by the signal of the certificate. Raises NotAllowed or a CertificateError."""
    _allowed(revocation.certificate, by)
    return certificates.confirm_revocation(revocation, confirmed_by=str(by.pk))


@transaction.atomic
def decline_revocation(revocation: Revocation, *, by: Any, note: str) -> Revocation:
    """Whoever proposed it learns why. Raises NotAllowed or a CertificateError."""
    _allowed(revocation.certificate, by)
    decided = certificates.decline_revocation(revocation, declined_by=str(by.pk), note=note)
    telling_certificates.revocation_declined(revocation.certificate, decided)
    return decided


def withdraw_revocation(revocation: Revocation, *, by: Any) -> Revocation:
    """Taken back by whoever proposed it. Raises NotAllowed or a CertificateError."""
    _allowed(revocation.certificate, by)
    return certificates.withdraw_revocation(revocation, withdrawn_by=str(by.pk))


def _allowed(certificate: Certificate, by: Any) -> None:
    if not who.may_revoke(by, holder_of(certificate)):
        raise errors.NotAllowed(_("证书由主管撤销；自己的请另外的主管来办。"))
