"""What was asked for at a demo site: a request that waits for an officer, batches of a school and an organisation."""

import random
from contextlib import suppress
from datetime import date, timedelta

from django.db.models import Count
from django.utils import timezone

from certificates.enums import State
from certificates.models import Certificate
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.organisations.models import Membership, Organisation
from portal.volunteers.domain.certify import holder_of
from portal.volunteers.domain.contesting import ask_for_correction
from portal.volunteers.domain.ordering import place_order
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import CorrectionAbout, RecordState
from portal.volunteers.models import CertificateRequest, ServiceRecord, Volunteer
from tenants.models import Tenant

_MEMBERS = 3


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """The worker settles the batches, as it would for anybody."""
    days = Scope(start=today - timedelta(days=90), end=today - timedelta(days=1))
    _ask_for_members(days)
    school, teacher = Organisation.objects.get(kind="school"), User.objects.get(username="school_manager")
    pupils = school.memberships.exclude(user=teacher).values_list("user", flat=True)
    place_order(school, list(pupils), scope=days, by=teacher)
    _request()
    _contest()


def _ask_for_members(days: Scope) -> None:
    """Those who served most with one body join it; the last of them has not agreed to anything."""
    manager = User.objects.get(username="organisation_manager")
    run = Organisation.objects.filter(memberships__user=manager, memberships__role="manager")
    body = run.annotate(served=Count("projects__records")).order_by("-served", "pk").first()
    if body is None:
        return
    served = ServiceRecord.objects.filter(project__organiser=body, state=RecordState.CONFIRMED)
    most = served.order_by().values("volunteer__user").annotate(times=Count("pk")).order_by("-times", "volunteer__user")
    users = [row["volunteer__user"] for row in most[:_MEMBERS]]
    now = timezone.now()
    given = {"asking_allowed_at": now, "certificates_allowed_at": now}
    members = [Membership(organisation=body, user_id=user, **given) for user in users]
    for member in members[1:][-1:]:
        member.asking_allowed_at = member.certificates_allowed_at = None
    Membership.objects.bulk_create(members, ignore_conflicts=True)
    with suppress(DomainError):  # a small site may have nobody with hours yet
        place_order(body, users, scope=days, by=manager)


def _request() -> None:
    """Asked for while the site wanted a second person, and not looked at yet."""
    served = ServiceRecord.objects.filter(state=RecordState.CONFIRMED, minutes__gt=0).order_by("pk")
    record = served.exclude(volunteer__user__username="volunteer").first()
    if record is not None:
        volunteer = Volunteer.objects.get(pk=record.volunteer_id)
        CertificateRequest.objects.create(volunteer=volunteer, project_id=record.project_id, asked_by=volunteer.user)


def _contest() -> None:
    """Somebody's name is written in another way; an officer has some days to answer."""
    for certificate in Certificate.objects.filter(state=State.ISSUED, outdated_at=None).order_by("-pk"):
        volunteer = holder_of(certificate)
        if volunteer is not None and not hasattr(certificate, "replaced_by"):
            ask_for_correction(
                certificate, by=volunteer.user, about=CorrectionAbout.PERSON, claim="示例：名字里的“建”应是“健”"
            )
            return
