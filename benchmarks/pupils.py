"""A site with a key, and a school whose pupils get certificates: what the benchmarks of issuing and packing work on.

Pupils have no mail and no mobile, so that nothing but certificates is queued.
"""

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from benchmarks.sheets import SERVICES, honour
from benchmarks.timing import ROOT, set_up
from certificates.facts import CertificateFacts

NAME = "issuing"
DIVISION = "120101"
HOST = "heping.tianjin.localhost"
SCHOOL = "示例中学"
TEACHER = "teacher"
PUPILS = 5_000
FIRST_ROUND = date(2026, 6, 1)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰春梅海燕雪宁晨曦梓涵子轩诗琪浩宇欣怡"


def stage(name: str = NAME) -> Any:
    """Django on the benchmark's own database, with the site and its school; the tenant, the connection stands in it."""
    set_up(name)
    from django.conf import settings
    from django.db import connection

    from tenants.domain import create_tenant
    from tenants.domain.migration import migrate_all
    from tenants.domain.platform import prepare_platform
    from tenants.models import Tenant

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    fonts = Path(settings.VAR) / "fonts"  # where a worker, a process of its own, looks for them
    if not fonts.exists():
        fonts.symlink_to(ROOT / "var" / "fonts")
    prepare_platform(domain="localhost")
    assert migrate_all(jobs=1, say=lambda _line: None) == []  # it may be there from an earlier version
    tenant = Tenant.objects.filter(division_code=DIVISION).first() or create_tenant(division=DIVISION, domain=HOST)
    connection.set_tenant(tenant)
    _ensure_key()
    _ensure_school()
    return tenant


def _ensure_key() -> None:
    from certificates.domain import create_key
    from certificates.enums import KeyState
    from certificates.models import SigningKey

    if not SigningKey.objects.filter(state=KeyState.ACTIVE).exists():
        create_key(days=365, created_by="benchmark")


def _ensure_school() -> None:
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from portal.accounts.models import User
    from portal.accounts.roles import Role
    from portal.core.models import Division
    from portal.organisations.models import Membership, Organisation
    from portal.volunteers.models import Volunteer

    if Organisation.objects.filter(name=SCHOOL).exists():
        return
    street = Division.objects.filter(level="street").first()
    school = Organisation.objects.create(name=SCHOOL, kind="school", division=street, phone="022-23119999")
    teacher = User.objects.create_user(TEACHER, name="示例老师")
    teacher.groups.add(Group.objects.get(name=Role.SCHOOL_MANAGER))
    Membership.objects.create(organisation=school, user=teacher, role="manager")
    now = timezone.now()
    names = itertools.islice(people(), PUPILS)
    users = User.objects.bulk_create(User(username=f"pupil{at}", name=name) for at, name in enumerate(names))
    Volunteer.objects.bulk_create(
        Volunteer(user=user, number=f"{DIVISION}{at:06}", birth_date="2005-03-12", privacy_consented_at=now)
        for at, user in enumerate(users, start=1)
    )
    Membership.objects.bulk_create(
        Membership(organisation=school, user=user, class_name=f"高三（{at % 40 + 1}）班", certificates_allowed_at=now)
        for at, user in enumerate(users)
    )


def people() -> Iterable[str]:
    """Names, none of them twice."""
    return (first + second + third for second, third, first in itertools.product(_GIVEN, _GIVEN, _SURNAMES))


def honoured(name: str, number: str, turn: int) -> CertificateFacts:
    """The facts of an honorary certificate, others for each turn."""
    return honour(600 + 30 * turn, **_person(name, number, turn))


def round_of(turn: int) -> date:
    """The last day of the period: one for each round in which every pupil has a turn."""
    return FIRST_ROUND + timedelta(days=turn // PUPILS)


def _person(name: str, number: str, turn: int) -> dict[str, Any]:
    return {
        "holder_name": name,
        "holder_masked": f"{name[0]}**",
        "volunteer_number": number,
        "period_start": FIRST_ROUND - timedelta(days=365),
        "period_end": round_of(turn),
    }


def request(count: int) -> list[int]:
    """Ask for `count` honours that nobody has asked for yet, each in a transaction of its own; their keys."""
    from certificates.domain import request_certificate
    from certificates.models import NumberSequence
    from portal.accounts.models import User
    from portal.volunteers.domain.certify import holder_key
    from portal.volunteers.models import Volunteer

    teacher = User.objects.get(username=TEACHER)
    pupils = list(Volunteer.objects.order_by("pk").select_related("user")[:PUPILS])
    turn = max(NumberSequence.objects.values_list("last", flat=True), default=0)
    keys = []
    for at in range(turn, turn + count):
        pupil = pupils[at % len(pupils)]
        facts = honoured(pupil.user.name, pupil.number, at)
        keys.append(request_certificate(facts, holder_key=holder_key(pupil), requested_by=str(teacher.pk)).pk)
    return keys


def request_records(count: int) -> list[int]:
    """The same for records of four services each, asked for by pupils who had none yet: it lasts for 5,000 of them."""
    from portal.volunteers.domain.certify import ask_for_certificate
    from portal.volunteers.domain.scopes import Scope
    from portal.volunteers.models import Volunteer

    shifts = _shifts()
    pupils = list(Volunteer.objects.filter(records=None).order_by("pk").select_related("user")[:count])
    _serve(pupils, shifts)
    days = [shift.starts_at.date() for shift in shifts]
    scope = Scope(start=min(days), end=max(days))
    return [ask_for_certificate(pupil, scope).pk for pupil in pupils]


def _shifts() -> list[Any]:
    """One past shift of each of the four services."""
    from portal.accounts.models import User
    from portal.core.models import Division
    from portal.organisations.models import Organisation
    from portal.projects.models import Project, Shift

    if not Project.objects.exists():
        shared = {
            "organiser": Organisation.objects.get(name=SCHOOL),
            "division": Division.objects.filter(level="street").first(),
            "in_charge": User.objects.get(username=TEACHER),
            "service_kinds": ["home_visit"],
        }
        for week, (title, summary, venue) in enumerate(SERVICES):
            project = Project.objects.create(title=title, summary=summary, venue=venue, **shared)
            begins = datetime.combine(FIRST_ROUND + timedelta(weeks=week), time(9), tzinfo=UTC)
            Shift.objects.create(project=project, starts_at=begins, ends_at=begins + timedelta(hours=2), places=1)
    return list(Shift.objects.order_by("pk").select_related("project"))


def _serve(pupils: Iterable[Any], shifts: Iterable[Any]) -> None:
    """A confirmed record of each pupil in each shift; the teacher entered it, somebody else has confirmed."""
    from portal.accounts.models import User
    from portal.volunteers.enums import Grade, RecordState
    from portal.volunteers.models import ServiceRecord

    teacher = User.objects.get(username=TEACHER)
    officer, _new = User.objects.get_or_create(username="confirmer", defaults={"name": "示例主管"})
    ServiceRecord.objects.bulk_create(
        ServiceRecord(
            volunteer=pupil,
            shift=shift,
            project=shift.project,
            activity=shift.project.title,
            content=shift.project.summary,
            place=shift.project.venue,
            organiser=SCHOOL,
            in_charge="示**",
            date=shift.starts_at.date(),
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            minutes_given=120,
            minutes=120,
            grade=Grade.LEADER_ROLL,
            state=RecordState.CONFIRMED,
            entered_by=teacher,
            confirmed_by=officer,
            confirmed_at=shift.ends_at,
        )
        for pupil in pupils
        for shift in shifts
    )
