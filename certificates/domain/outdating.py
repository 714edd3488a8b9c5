"""Marks certificates that say what was corrected since; they count until one takes their place."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from certificates.enums import State
from certificates.facts import CertificateFacts
from certificates.models import Certificate


@transaction.atomic
def mark_outdated(holder_key: str, *, says: Callable[[CertificateFacts], bool], reason: str) -> list[Certificate]:
    """Mark those of a holder whose facts `says` is true of; returns them. The frozen facts stay as they are."""
    held = Certificate.objects.select_for_update().filter(
        holder_key=holder_key, state__in=[State.REQUESTED, State.ISSUED]
    )
    found = [certificate for certificate in held if says(certificate.facts)]
    for certificate in found:
        certificate.outdated_at = timezone.now()
        certificate.outdated_reason = reason[:200]
        certificate.save(update_fields=["outdated_at", "outdated_reason"])
    return found
