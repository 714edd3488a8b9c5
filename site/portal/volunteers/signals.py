"""What volunteers learn of projects and certificates, in the transaction that changes those."""

from typing import Any

from django.utils import timezone

from certificates.models import Certificate, SigningKey
from portal.projects.models import Project, Shift
from portal.volunteers.domain import telling
from portal.volunteers.domain.certify import holder_of
from portal.volunteers.domain.sign_up import cancel_sign_ups, promote
from portal.volunteers.enums import LIVE
from portal.volunteers.models import SignUp


def on_project_cancelled(*, project: Project, reason: str, by: Any, **_: Any) -> None:
    cancel_sign_ups(project, list(Shift.objects.filter(project=project)), reason=reason, by=by)


def on_shift_cancelled(*, shift: Shift, reason: str, by: Any, **_: Any) -> None:
    cancel_sign_ups(Project.objects.get(pk=shift.project_id), [shift], reason=reason, by=by)


def on_places_changed(*, shift: Shift, **_: Any) -> None:
    promote(shift)


def on_shift_moved(*, shift: Shift, **_: Any) -> None:
    if shift.ends_at > timezone.now():
        live = SignUp.objects.filter(shift=shift, state__in=LIVE).select_related("volunteer__user")
        telling.moved_in_time(shift, live)


def on_certificate_issued(*, certificate: Certificate, **_: Any) -> None:
    if volunteer := holder_of(certificate):
        telling.certificate_ready(volunteer, certificate.number)


def on_certificate_ended(*, certificate: Certificate, **_: Any) -> None:
    if volunteer := holder_of(certificate):
        telling.certificate_ended(volunteer, certificate)


def on_certificate_failed(*, certificate: Certificate, **_: Any) -> None:
    if volunteer := holder_of(certificate):
        telling.certificate_stuck(volunteer, certificate.number)


def on_key_ending(*, key: SigningKey, **_: Any) -> None:
    telling.key_ending(key)
