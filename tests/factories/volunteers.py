"""Volunteers, sign-ups and service records for tests, in the current tenant."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.core.masking import mask_name
from portal.projects.models import Shift
from portal.volunteers.domain.register import Applicant, next_number
from portal.volunteers.enums import Grade, RecordState, SignUpState
from portal.volunteers.models import ServiceRecord, SignUp, Volunteer
from tests.cast import person
from tests.factories.projects import make_shift

_serial = count(1)


def applicant(**over: Any) -> Applicant:
    """A grown-up who fills in what must be filled in."""
    values: dict[str, Any] = {
        "name": "李小梅",
        "mobile": f"139{next(_serial):08d}",
        "birth_date": date(1962, 3, 12),
        "privacy_consent": True,
        **over,
    }
    return Applicant(**values)


def make_volunteer(user: Any = None, **over: Any) -> Volunteer:
    """A registered volunteer of sixty-odd; `user` may be a user name of the cast."""
    key, number = next_number()
    if user is None:
        name, mobile = over.pop("name", "李小梅"), over.pop("mobile", f"138{key:08d}")
        user = User.objects.create(username=number, name=name, mobile=mobile)
    elif isinstance(user, str):
        user = person(user)
    values = {"birth_date": "1962-03-12", "privacy_consented_at": timezone.now(), **over}
    return Volunteer.objects.create(pk=key, user=user, number=number, **values)


def make_sign_up(shift: Shift | None = None, volunteer: Volunteer | None = None, **over: Any) -> SignUp:
    """A confirmed sign-up of one person, counted in the shift's places; written past the verbs."""
    shift, volunteer = shift or make_shift(), volunteer or make_volunteer()
    made = SignUp.objects.create(shift=shift, volunteer=volunteer, **{"state": SignUpState.CONFIRMED, **over})
    counter = {SignUpState.CONFIRMED: "taken", SignUpState.WAITING: "waiting"}.get(SignUpState(made.state))
    if counter:
        setattr(shift, counter, getattr(shift, counter) + made.party_size)
        Shift.objects.filter(pk=shift.pk).update(**{counter: getattr(shift, counter)})
    return made


def past_shift(project: Any = None, **over: Any) -> Shift:
    """A shift of two hours that ended an hour ago."""
    begun = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=3)
    return make_shift(project, **{"starts_at": begun, "ends_at": begun + timedelta(hours=2), **over})


def make_record(volunteer: Volunteer | None = None, shift: Shift | None = None, **over: Any) -> ServiceRecord:
    """A submitted record of two hours, entered by the community worker; written past the verbs."""
    volunteer, shift = volunteer or make_volunteer(), shift or past_shift()
    project = shift.project
    values: dict[str, Any] = {
        "activity": project.title,
        "content": project.summary,
        "place": project.venue,
        "organiser": "示例志愿服务队",
        "in_charge": mask_name("王示例"),
        "date": timezone.localdate(shift.starts_at),
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "minutes_given": 120,
        "minutes": 120,
        "grade": Grade.LEADER_ROLL,
        "state": RecordState.SUBMITTED,
        **over,
    }
    values.setdefault("entered_by", person("community_worker"))
    if values["state"] == RecordState.CONFIRMED:
        values.setdefault("confirmed_by", person("officer"))
        values.setdefault("confirmed_at", timezone.now())
    return ServiceRecord.objects.create(volunteer=volunteer, shift=shift, project=project, **values)
