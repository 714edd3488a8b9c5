"""For how long certificates are kept: at least ten years, and longer while their holder has an account."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from certificates.domain import forget_certificate
from certificates.domain.forgetting import GONE
from certificates.enums import State
from certificates.models import Certificate
from portal.accounts.models import User
from portal.core.queries import rules
from portal.volunteers.domain.certify import holder_keys
from portal.volunteers.models import CertificateRequest, CorrectionRequest

_AT_ONCE = 500
"""The clock's work shall be short; what is left is done the next day."""


def over(now: datetime) -> QuerySet[Certificate]:
    """Certificates whose time is over and whose holder's account is closed (令67号: kept for ten years at least)."""
    today = timezone.localdate(now)
    years = rules().certificate_years
    until = today.replace(year=today.year - years, day=min(today.day, 28) if today.month == 2 else today.day)
    closed = User.objects.filter(is_active=False, volunteer__isnull=False).values(key=holder_keys("volunteer"))
    return Certificate.objects.filter(issued_on__lt=until, holder_key__in=closed, forgotten_at=None).exclude(
        state=State.REQUESTED
    )


def forget_what_is_over(now: datetime) -> int:
    """How many were forgotten."""
    return sum(_forget(certificate) for certificate in over(now).order_by("pk")[:_AT_ONCE])


@transaction.atomic
def _forget(certificate: Certificate) -> bool:
    """The certificate, and what was written about it; that it was asked for and contested, by whom and when, stays."""
    if not forget_certificate(certificate):
        return False
    contested = CorrectionRequest.objects.filter(certificate=certificate)
    contested.update(claim=GONE)
    contested.exclude(answer="").update(answer=GONE)
    CertificateRequest.objects.filter(certificate=certificate).update(note="")
    return True
