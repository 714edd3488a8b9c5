"""Registers a volunteer: age, guardian, consent, one person once (令67号; seeds: students from ten with a guardian)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from portal.accounts.backends import mobile_digest
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.core.errors import DomainError
from portal.core.models import Division
from portal.core.queries import rules
from portal.volunteers.domain import errors
from portal.volunteers.domain.ages import age_on, born_by_identity_number, identity_number
from portal.volunteers.models import Volunteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What a person says of themselves on the registration form."""

    name: str
    mobile: str
    birth_date: date
    email: str = ""
    id_number: str = ""
    address: str = ""
    division: Division | None = None
    guardian_name: str = ""
    guardian_mobile: str = ""
    guardian_consent: bool = False
    privacy_consent: bool = False


def register(applicant: Applicant, *, password: str) -> Volunteer:
    """A new user with the role volunteer. Raises TooYoung, GuardianMissing, AlreadyRegistered and their kin."""
    check_applicant(applicant)
    with one_person_once(), transaction.atomic():
        key, number = next_number()
        user = User(username=number, name=applicant.name, mobile=applicant.mobile, email=applicant.email)
        for weakness in weaknesses(password, user):
            raise weakness
        user.set_password(password)
        user.save()
        return _enrol(user, applicant, key, number)


def enrol(user: User, applicant: Applicant) -> Volunteer:
    """Make a volunteer of somebody who signs in already, staff for instance; the user keeps name and mobile."""
    check_applicant(applicant)
    with one_person_once(), transaction.atomic():
        return _enrol(user, applicant, *next_number())


def check_applicant(applicant: Applicant) -> None:
    """Raise the first of what can be refused before anything is written."""
    for refusal in refusals(applicant):
        raise refusal


def refusals(applicant: Applicant) -> Iterator[DomainError]:
    """All of it, so that a form can say everything at once."""
    if not applicant.privacy_consent:
        yield errors.ConsentMissing(_("还没有同意个人信息保护说明，不能保存您的信息。"), field="privacy_consent")
    if refusal := birth_refusal(applicant.birth_date):
        yield refusal
    elif age_on(applicant.birth_date, timezone.localdate()) < rules().guardian_below:
        yield from _guardian_refusals(applicant.guardian_name, applicant.guardian_mobile, applicant.guardian_consent)
    if applicant.id_number:
        try:
            check_identity_number(applicant.id_number, applicant.birth_date)
        except errors.BadIdentityNumber as bad:
            yield bad


def birth_refusal(born: date) -> DomainError | None:
    """TooYoung for who is not old enough yet, and for a date of nobody alive."""
    today, least = timezone.localdate(), rules().min_age
    if born > today or age_on(born, today) > 120:
        return errors.TooYoung(_("出生日期不对：请写真实的年月日，例如1958-03-12。"), field="birth_date")
    if age_on(born, today) < least:
        message = _("满%(age)s周岁才能注册。可以先由家长注册，带您一起参加家庭项目。") % {"age": least}
        return errors.TooYoung(message, field="birth_date")
    return None


def check_guardian(name: str, mobile: str, consent: bool) -> None:
    """Raise the first of what is missing of a guardian."""
    for refusal in _guardian_refusals(name, mobile, consent):
        raise refusal


def _guardian_refusals(name: str, mobile: str, consent: bool) -> Iterator[DomainError]:
    """All three are needed (seeds: students take part with a guardian's consent)."""
    for value, field, message in (
        (name, "guardian_name", _("未成年人注册还差监护人姓名。")),
        (mobile, "guardian_mobile", _("未成年人注册还差监护人手机号。")),
        (consent, "guardian_consent", _("请监护人本人看过说明后，勾选同意。")),
    ):
        if not value:
            yield errors.GuardianMissing(message, field=field)


def check_identity_number(number: str, born: date) -> None:
    """Well formed, and of a person born on `born`."""
    valid = identity_number(number)
    if not valid:
        raise errors.BadIdentityNumber(
            _("身份证号应是18位，最后一位是校验码，请对照证件再核对一遍；也可以先不填。"), field="id_number"
        )
    if born_by_identity_number(valid) != born:
        raise errors.BadIdentityNumber(_("身份证号里的出生日期和上面填的不一样，请核对其中一项。"), field="id_number")


def next_number() -> tuple[int, str]:
    """The next key, and the volunteer number made of it: the tenant's division and six digits; gaps are allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('volunteers_volunteer', 'id'))")
        key = cursor.fetchone()[0]
    return key, f"{connection.tenant.division_code}{key:06d}"


def _enrol(user: User, applicant: Applicant, key: int, number: str) -> Volunteer:
    user.groups.add(Group.objects.get(name=Role.VOLUNTEER))
    now = timezone.now()
    return Volunteer.objects.create(
        pk=key,
        user=user,
        number=number,
        birth_date=applicant.birth_date.isoformat(),
        id_number=identity_number(applicant.id_number),
        address=applicant.address,
        division=applicant.division,
        guardian_name=applicant.guardian_name,
        guardian_mobile=applicant.guardian_mobile,
        guardian_consented_at=now if applicant.guardian_consent and applicant.guardian_name else None,
        privacy_consented_at=now,
    )


def weaknesses(password: str, user: User) -> Iterator[DomainError]:
    """BadPassword with everything that is wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        yield errors.BadPassword(" ".join(weak.messages), field="password")


def taken(mobile: str) -> Iterator[DomainError]:
    """AlreadyRegistered, said beforehand; what decides is the constraint."""
    if User.objects.filter(mobile_digest=mobile_digest(mobile)).exists():
        yield _already_registered()


def _already_registered() -> DomainError:
    message = _(
        "这个手机号或身份证号已经注册过。是您本人的，请直接登录，忘了密码可以找回；"
        "不是您注册的，请打咨询电话，由工作人员核对。"
    )
    return errors.AlreadyRegistered(message, field="mobile")


@contextmanager
def one_person_once() -> Iterator[None]:
    """Turns the unique constraints on the digests into AlreadyRegistered: two at the same moment become one."""
    try:
        yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise _already_registered() from None
