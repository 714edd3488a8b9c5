"""Sign-ups, records and hours of a demo site: what happened before today and who comes next."""

import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import timezone

from certificates.domain import correct_certificate, create_key, credential_of, issue_certificate
from certificates.enums import Actor, Ground, KeyUse
from certificates.errors import CertificateError
from certificates.models import Certificate
from portal.accounts.models import User
from portal.core.enums import ServiceKind
from portal.core.errors import DomainError
from portal.projects.models import Project, Shift
from portal.volunteers.domain.cards import make_card
from portal.volunteers.domain.certify import ask_for_certificate
from portal.volunteers.domain.minutes import length
from portal.volunteers.domain.revoke import confirm_revocation, propose_revocation
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import Grade, RecordState, SignUpState
from portal.volunteers.models import RecordChange, ServiceRecord, SignUp, Volunteer
from tenants.models import Tenant

_GRADES = [Grade.LEADER_ROLL] * 7 + [Grade.SCAN_BOTH_ENDS] * 2 + [Grade.LATE_ENTRY]
_ALWAYS = "volunteer"


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """People on every shift; for past ones the roll, mostly confirmed; a sealed certificate for one of them."""
    volunteers = list(Volunteer.objects.select_related("user"))
    busy: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    officer = User.objects.get(username="officer")
    last = Shift.objects.filter(ends_at__lt=timezone.now()).order_by("ends_at").last()
    for shift in Shift.objects.select_related("project__organiser", "project__in_charge", "project__division").order_by(
        "starts_at"
    ):
        people = _who_comes(shift, volunteers, busy, today, rng)
        sign_ups = sign_up_all(shift, people)
        if shift.ends_at < timezone.now() and shift != last:  # the roll of the last one waits to be taken
            _record(shift, [row for row in sign_ups if not row.is_waiting], officer, rng)
    for use in KeyUse:
        create_key(use=use, days=settings.SEAL_KEY_DAYS, created_by="operator")
    _certify(today)
    _certify_pupils(today)
    _end_certificates(volunteers, today)


def _who_comes(
    shift: Shift,
    volunteers: list[Volunteer],
    busy: dict[int, list[tuple[datetime, datetime]]],
    today: date,
    rng: random.Random,
) -> list[Volunteer]:
    """Some of those who may come and have time; a few shifts are full and have a queue."""
    project = shift.project
    wanted = min(
        len(volunteers), rng.choice([shift.places // 3, shift.places // 2, shift.places - 1, shift.places + 2])
    )
    fits = [v for v in volunteers if _may(v, project, today) and _has_time(busy[v.pk], shift)]
    rng.shuffle(fits)
    # The volunteer with whom people sign in has been around for a while, and has little planned.
    past = shift.ends_at < timezone.now()
    fits.sort(key=lambda v: (v.user.username != _ALWAYS) == past)
    chosen = fits[: max(wanted, 1)]
    for volunteer in chosen:
        busy[volunteer.pk].append((shift.starts_at, shift.ends_at))
    return chosen


def _may(volunteer: Volunteer, project: Project, today: date) -> bool:
    age = volunteer.age_on(today)
    return (project.min_age or 0) <= age <= (project.max_age or 200)


def _has_time(spans: list[tuple[datetime, datetime]], shift: Shift) -> bool:
    return all(shift.ends_at <= start or end <= shift.starts_at for start, end in spans)


def sign_up_all(shift: Shift, people: list[Volunteer]) -> list[SignUp]:
    """These people on the shift, in this order, those beyond its places waiting."""
    before = shift.starts_at - timedelta(days=3)
    rows = []
    for number, volunteer in enumerate(people):
        waits = number >= shift.places
        rows.append(
            SignUp(
                shift=shift,
                volunteer=volunteer,
                participation=shift.project.participation[0],
                state=SignUpState.WAITING if waits else SignUpState.CONFIRMED,
                position=number - shift.places + 1 if waits else None,
                signed_up_by=volunteer.user,
                signed_up_at=min(before + timedelta(minutes=7 * number), timezone.now()),
            )
        )
    taken = min(len(people), shift.places)
    Shift.objects.filter(pk=shift.pk).update(taken=taken, waiting=len(people) - taken)
    return SignUp.objects.bulk_create(rows)


def _record(shift: Shift, sign_ups: list[SignUp], officer: User, rng: random.Random) -> None:
    recent = timezone.now() - shift.ends_at < timedelta(days=7)
    rows = [
        record_of(shift, sign_up, officer, rng, confirmed=not recent or rng.random() < 0.5)
        for sign_up in sign_ups
        if rng.random() < 0.92
    ]
    came = {row.sign_up_id for row in rows}
    for sign_up in sign_ups:
        sign_up.attended = sign_up.pk in came
    SignUp.objects.bulk_update(sign_ups, ["attended"])
    ServiceRecord.objects.bulk_create(rows)
    RecordChange.objects.bulk_create(changes_of(rows))


def record_of(shift: Shift, sign_up: SignUp, officer: User, rng: random.Random, *, confirmed: bool) -> ServiceRecord:
    """What the roll would have written, not saved."""
    project = shift.project
    minutes = length(shift.starts_at, shift.ends_at)
    entered = shift.ends_at + timedelta(hours=2)
    who: dict[str, Any] = {"confirmed_by": officer, "confirmed_at": min(entered + timedelta(days=1), timezone.now())}
    return ServiceRecord(
        volunteer=sign_up.volunteer,
        shift=shift,
        project=project,
        sign_up=sign_up,
        activity=project.title,
        content="、".join(str(ServiceKind(kind).label) for kind in project.service_kinds),
        place=project.service_place,
        organiser=project.organiser.name,
        in_charge=project.in_charge.name,
        date=timezone.localtime(shift.starts_at).date(),
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        minutes_given=minutes,
        minutes=minutes,
        grade=rng.choice(_GRADES),
        state=RecordState.CONFIRMED if confirmed else RecordState.SUBMITTED,
        entered_by=project.in_charge,
        entered_at=entered,
        **(who if confirmed else {}),
    )


def _certify(today: date) -> None:
    """The volunteer with whom people sign in has a card and has asked for a certificate; the worker makes it."""
    volunteer = Volunteer.objects.get(user__username=_ALWAYS)
    with suppress(DomainError):
        ask_for_certificate(volunteer, Scope(start=today - timedelta(days=90), end=today - timedelta(days=1)))
    make_card(volunteer)


def _certify_pupils(today: date) -> None:
    """Those who let their school download have something to download, once the worker has made it."""
    for volunteer in Volunteer.objects.filter(user__memberships__certificates_allowed_at__isnull=False):
        with suppress(DomainError, CertificateError):
            ask_for_certificate(volunteer, Scope(start=today - timedelta(days=90), end=today - timedelta(days=1)))


def _end_certificates(volunteers: list[Volunteer], today: date) -> None:
    """One that is being replaced, one that was revoked, and one whose revocation waits for the officer."""
    first, second = User.objects.get(username="officer2"), User.objects.get(username="officer")
    issued = list(islice(_issued(volunteers, today), 3))
    if len(issued) < 3:
        return  # few people of a small site have hours so far
    corrected, revoked, doubted = issued
    credential_of(revoked, actor=Actor.HOLDER)
    facts = corrected.facts
    correct_certificate(corrected, replace(facts, main_content=f"{facts.main_content}等"), requested_by=str(first.pk))
    for certificate, reason in ((revoked, "示例：由他人代为签到"), (doubted, "示例：有人反映并非本人")):
        proposed = propose_revocation(certificate, by=first, ground=Ground.NOT_THEIRS, reason=reason)
        if certificate == revoked:
            confirm_revocation(proposed, by=second)


def _issued(volunteers: list[Volunteer], today: date) -> Iterator[Certificate]:
    for volunteer in volunteers:
        if volunteer.user.username == _ALWAYS:
            continue
        with suppress(DomainError, CertificateError):
            asked = ask_for_certificate(
                volunteer, Scope(start=today - timedelta(days=90), end=today - timedelta(days=1))
            )
            yield issue_certificate(asked.pk)


def changes_of(rows: list[ServiceRecord]) -> list[RecordChange]:
    """The log that the verbs would have written."""
    log = []
    for row in rows:
        log.append(RecordChange(record=row, at=row.entered_at, by=row.entered_by, to_state=RecordState.SUBMITTED))
        if row.counts:
            log.append(
                RecordChange(record=row, at=row.confirmed_at, by=row.confirmed_by, to_state=RecordState.CONFIRMED)
            )
    return log
