"""What becomes of an honour's certificate concerns its application or entry, and the people of an organisation."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy

from certificates.domain.forgetting import GONE
from certificates.enums import Kind, State
from certificates.models import Certificate
from portal.honours import queries
from portal.honours.domain import holding, telling
from portal.honours.domain.moves import move
from portal.honours.domain.watching import undeserved
from portal.honours.enums import StarState
from portal.honours.models import Entry, Objection, StarApplication
from portal.volunteers.domain import telling_requests
from portal.volunteers.domain.certify import holder_of
from portal.volunteers.models import ServiceRecord


def on_certificate_issued(*, certificate: Certificate, **_: Any) -> None:
    """A corrected certificate takes the place of the old one in the award, too."""
    if certificate.replaces_id:
        for model in (StarApplication, Entry):
            _follow(model, certificate)
    if group := queries.group_of(certificate):
        telling.group_certificate_ready(group, certificate)


def on_certificate_ended(*, certificate: Certificate, **_: Any) -> None:
    """A revoked certificate takes its star with it: the star can be applied for again."""
    if certificate.state == State.REVOKED:
        awarded = StarApplication.objects.select_for_update(of=("self",))
        for application in awarded.filter(certificate=certificate, state=StarState.AWARDED):
            move(application, StarState.ENDED)
    if group := queries.group_of(certificate):
        telling.group_certificate_ended(group, certificate)


def on_certificate_dropped(*, certificate: Certificate, replaces: Certificate | None, reason: str, **_: Any) -> None:
    """Awarded anew with what is confirmed now, or not at all; a new name for what was revoked meanwhile not at all."""
    if certificate.kind == Kind.RECORD:
        return
    if replaces is None:
        holding.put_right(certificate, reason=reason)
    elif volunteer := holder_of(certificate):
        refusal = gettext_lazy("荣誉已随原来的证书撤销。")
        telling_requests.certificate_dropped(volunteer, certificate, reason=reason, refusal=refusal)


def on_certificate_forgotten(*, certificate: Certificate, **_: Any) -> None:
    """That there was an award stays, and how many; which certificate it was goes, and what was said against it."""
    volunteer = holder_of(certificate)
    for objection in Objection.objects.filter(application__certificate=certificate):
        objection.content, objection.objector = GONE, ""
        objection.answer = GONE if objection.answer else ""
        objection.save(update_fields=["content", "objector", "answer"])
    for model in (StarApplication, Entry):
        model._default_manager.filter(certificate=certificate).update(certificate=None, forgotten=True, note="")
    if volunteer:
        Entry.objects.filter(volunteer=volunteer, note=certificate.number).update(note="")


def on_certificate_failed(*, certificate: Certificate, **_: Any) -> None:
    if group := queries.group_of(certificate):
        telling.group_certificate_stuck(group, certificate)


def on_record_taken_away(*, record: ServiceRecord, by: Any, **_: Any) -> None:
    """Nothing is revoked by itself: an officer looks, and another confirms."""
    for certificate, standing in undeserved(record):
        telling.too_few_left(certificate, standing.minutes, by=by)


def _follow(model: type[Model], certificate: Certificate) -> None:
    model._default_manager.filter(certificate=certificate.replaces_id).update(certificate=certificate)
