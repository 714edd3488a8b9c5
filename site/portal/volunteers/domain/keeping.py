"""For how long certificates are kept: at least ten years, and longer while their holder has an account."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from certificates.domain import forget_certificate
from certificates.domain.forgetting import GONE
from certificates.enums import State
from certificates.models import Certificate
from portal.accounts.models import User
from portal.core.queries import rules
from portal.notices.models import Notice
from portal.volunteers.domain.certify import holder_keys, holder_of
from portal.volunteers.enums import CorrectionState
from portal.volunteers.models import CertificateRequest, CorrectionRequest, OrderLine

_AT_ONCE = 500
"""The clock's work shall be short; what is left is done the next day."""


def over(now: datetime) -> QuerySet[Certificate]:
    """Certificates whose time is over and whose holder's account is closed (令67号: kept for ten years at least).

    What is contested waits until that is answered.
    """
    today = timezone.localdate(now)
    years = rules().certificate_years
    until = today.replace(year=today.year - years, day=min(today.day, 28) if today.month == 2 else today.day)
    closed = User.objects.filter(is_active=False, volunteer__isnull=False).values(key=holder_keys("volunteer"))
    found = Certificate.objects.filter(issued_on__lt=until, holder_key__in=closed, forgotten_at=None)
    contested = CorrectionRequest.objects.filter(certificate=OuterRef("pk"), state=CorrectionState.OPEN)
    return found.exclude(state=State.REQUESTED).exclude(Exists(contested))


def forget_what_is_over(now: datetime) -> int:
    """How many were forgotten."""
    return sum(forget_certificate(certificate) for certificate in over(now).order_by("pk")[:_AT_ONCE])


def forget_rows(certificate: Certificate) -> None:
    """What was asked for and contested, by whom and when, stays; of which certificate goes, and what was written of it.

    In the transaction that forgets it.
    """
    _forget_notices(certificate)
    contested = CorrectionRequest.objects.filter(certificate=certificate)
    contested.exclude(answer="").update(answer=GONE)
    contested.update(claim=GONE, certificate=None)
    OrderLine.objects.filter(certificate=certificate).update(certificate=None, forgotten=True)
    CertificateRequest.objects.filter(replaces=certificate).update(replaces=None)
    CertificateRequest.objects.filter(certificate=certificate).update(certificate=None, forgotten=True, note="")


def _forget_notices(certificate: Certificate) -> None:
    """To its holder, and to whoever had to answer what the holder wrote."""
    volunteer, number = holder_of(certificate), certificate.number
    if volunteer:
        own = Notice.objects.filter(user=volunteer.user_id)
        own.filter(Q(subject__contains=number) | Q(body__contains=number)).delete()
    for contested in CorrectionRequest.objects.filter(certificate=certificate):
        told = [reverse("certificates_staff:correction", args=[contested.pk])]
        if contested.record_id:
            told.append(reverse("volunteers:record", args=[contested.record_id]))
        Notice.objects.filter(kind="correction_asked", url__in=told).delete()
