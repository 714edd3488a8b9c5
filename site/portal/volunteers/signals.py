"""What volunteers learn of projects and certificates, in the transaction that changes those."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from certificates.enums import Kind
from certificates.errors import CertificateError
from certificates.models import Certificate, Revocation, SigningKey
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.projects.models import Project, Shift
from portal.volunteers.domain import telling, telling_certificates, telling_requests
from portal.volunteers.domain.asking import ask_again
from portal.volunteers.domain.certify import holder_of
from portal.volunteers.domain.keeping import forget_rows
from portal.volunteers.domain.ordering import follow_up
from portal.volunteers.domain.sign_up import cancel_sign_ups, promote
from portal.volunteers.enums import LIVE
from portal.volunteers.models import SignUp


def on_project_cancelled(*, project: Project, reason: str, by: Any, **_kwargs: Any) -> None:
    cancel_sign_ups(project, list(Shift.objects.filter(project=project)), reason=reason, by=by)


def on_shift_cancelled(*, shift: Shift, reason: str, by: Any, **_kwargs: Any) -> None:
    cancel_sign_ups(Project.objects.get(pk=shift.project_id), [shift], reason=reason, by=by)


def on_places_changed(*, shift: Shift, **_kwargs: Any) -> None:
    promote(shift)


def on_shift_moved(*, shift: Shift, **_kwargs: Any) -> None:
    if shift.ends_at > timezone.now():
        live = SignUp.objects.filter(shift=shift, state__in=LIVE).select_related("volunteer__user")
        telling.moved_in_time(shift, live)


def on_certificate_issued(*, certificate: Certificate, **_kwargs: Any) -> None:
    if volunteer := holder_of(certificate):
        telling_certificates.certificate_ready(volunteer, certificate.number)


def on_certificate_dropped(
    *, certificate: Certificate, replaces: Certificate | None, reason: str, **_kwargs: Any
) -> None:
    """Asked for anew with what is confirmed now, in the name of whoever asked; its holder learns how that went.

    Honours are the affair of whoever awards them.
    """
    volunteer = holder_of(certificate)
    asker = User.objects.filter(pk=certificate.requested_by).first()
    if volunteer is None or asker is None or certificate.kind != Kind.RECORD:
        return
    try:
        with transaction.atomic():
            again = ask_again(volunteer, certificate, replaces=replaces, by=asker)
    except (DomainError, CertificateError) as refusal:
        follow_up(certificate, refusal)
        telling_requests.certificate_dropped(volunteer, certificate, reason=reason, refusal=refusal.message)
    else:
        follow_up(certificate, again)
        telling_requests.certificate_dropped(volunteer, certificate, reason=reason, again=again)


def on_certificate_ended(*, certificate: Certificate, **_kwargs: Any) -> None:
    if volunteer := holder_of(certificate):
        telling_certificates.certificate_ended(volunteer, certificate)


def on_certificate_forgotten(*, certificate: Certificate, **_kwargs: Any) -> None:
    forget_rows(certificate)


def on_revocation_lapsed(*, certificate: Certificate, revocation: Revocation, **_kwargs: Any) -> None:
    telling_certificates.revocation_lapsed(certificate, revocation)


def on_certificate_failed(*, certificate: Certificate, **_kwargs: Any) -> None:
    if volunteer := holder_of(certificate):
        telling_certificates.certificate_stuck(volunteer, certificate.number)


def on_key_ending(*, key: SigningKey, **_kwargs: Any) -> None:
    telling_certificates.key_ending(key)
