"""Takes a certificate back; what was issued stays visible as revoked."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.domain.transitions import move
from certificates.enums import State
from certificates.errors import ReasonMissing
from certificates.models import Certificate
from certificates.signals import certificate_ended


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, revoked_by: str) -> Certificate:
    """Revoke with a reason, which the check page never shows; a queued PDF is not made any more."""
    if not reason.strip():
        raise ReasonMissing(_("请写明撤销原因。"), field="reason")
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    move(locked, State.REVOKED, revoked_reason=reason.strip()[:200], ended_at=timezone.now(), ended_by=revoked_by)
    certificate_ended.send(sender=Certificate, certificate=locked)
    return locked
