"""Who may register, what is stored and how, and one person once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.accounts.models import User
from portal.accounts.roles import Role, has_role
from portal.volunteers.domain import errors
from portal.volunteers.domain.register import enrol, register
from portal.volunteers.models import Volunteer
from tests.cast import person
from tests.factories.volunteers import applicant

PASSWORD = "Chrysanthemum-9"
GUARDIAN = {"guardian_name": "李建国", "guardian_mobile": "13700000001", "guardian_consent": True}


def _years_ago(years: int) -> date:
    today = timezone.localdate()
    return date(today.year - years, 1, 1)


def test_a_volunteer_gets_a_number_a_role_and_signs_in_by_it(tenant_a: Any) -> None:
    made = register(applicant(id_number="110101199003070011", birth_date=date(1990, 3, 7)), password=PASSWORD)

    assert made.number == f"120101{made.pk:06d}"
    assert made.user.username == made.number
    assert made.user.check_password(PASSWORD)
    assert has_role(made.user, Role.VOLUNTEER)


def test_nothing_that_identifies_stands_readable_in_the_database(tenant_a: Any) -> None:
    secrets = {
        "id_number": "110101199003070011",
        "birth_date": date(1990, 3, 7),
        "address": "示例路12号3门501",
        "mobile": "13912345678",
    }
    register(applicant(**secrets, **GUARDIAN), password=PASSWORD)

    with connection.cursor() as cursor:
        cursor.execute("SELECT v::text || u::text FROM volunteers_volunteer v JOIN accounts_user u ON u.id = v.user_id")
        row = cursor.fetchone()[0]
    assert [text for text in (*map(str, secrets.values()), *GUARDIAN.values()) if str(text) in row] == []


def test_what_is_shown_is_masked(tenant_a: Any) -> None:
    made = register(
        applicant(name="张三丰", mobile="13812345678", address="示例路12号3门501", **GUARDIAN), password=PASSWORD
    )

    assert (made.masked_name, made.masked_mobile, made.masked_birth_date) == ("张**", "138****5678", "1962-**-**")
    assert (made.masked_address, made.masked_guardian) == ("示例路12号****", "李**，137****0001")
    assert str(made) == f"张**（{made.number}）"


@pytest.mark.parametrize(
    ("over", "error", "field"),
    [
        ({"privacy_consent": False}, errors.ConsentMissing, "privacy_consent"),
        ({"birth_date": _years_ago(8)}, errors.TooYoung, "birth_date"),
        ({"birth_date": date(2100, 1, 1)}, errors.TooYoung, "birth_date"),
        ({"birth_date": date(1890, 1, 1)}, errors.TooYoung, "birth_date"),
        ({"birth_date": _years_ago(15)}, errors.GuardianMissing, "guardian_name"),
        ({"birth_date": _years_ago(15), "guardian_name": "李建国"}, errors.GuardianMissing, "guardian_mobile"),
        (
            {"birth_date": _years_ago(15), **GUARDIAN, "guardian_consent": False},
            errors.GuardianMissing,
            "guardian_consent",
        ),
        ({"id_number": "110101199003070012"}, errors.BadIdentityNumber, "id_number"),
        ({"id_number": "110101199003070011"}, errors.BadIdentityNumber, "id_number"),
    ],
)
def test_a_refusal_names_the_field_and_writes_nothing(
    tenant_a: Any, over: dict[str, Any], error: type[Exception], field: str
) -> None:
    before = User.objects.count()
    with pytest.raises(error) as refused:
        register(applicant(**over), password=PASSWORD)
    assert refused.value.field == field  # type: ignore[attr-defined]  # every refusal has a field
    assert (User.objects.count(), Volunteer.objects.count()) == (before, 0)


def test_a_child_of_ten_registers_with_a_guardian(tenant_a: Any) -> None:
    made = register(applicant(birth_date=_years_ago(11), **GUARDIAN), password=PASSWORD)
    assert made.guardian_consented_at is not None


def test_a_second_registration_learns_neither_whose_nor_which(tenant_a: Any) -> None:
    number = "110101199003070011"
    first = applicant(name="张三丰", id_number=number, birth_date=date(1990, 3, 7))
    register(first, password=PASSWORD)
    messages = set()
    for again in (
        applicant(mobile=first.mobile),
        applicant(id_number=number, birth_date=date(1990, 3, 7)),
    ):
        with pytest.raises(errors.AlreadyRegistered) as refused:
            register(again, password=PASSWORD)
        messages.add(refused.value.messages[0])
    (message,) = messages
    assert not any(text in message for text in ("张三丰", "张", first.mobile, number))
    assert Volunteer.objects.count() == 1


def test_the_same_person_may_register_at_another_site(tenant_a: Any, tenant_b: Any) -> None:
    same = applicant()
    register(same, password=PASSWORD)
    with tenant_context(tenant_b):
        assert register(same, password=PASSWORD).number.startswith("450100")


def test_staff_become_volunteers_under_their_own_name(tenant_a: Any) -> None:
    worker = person("community_worker")
    made = enrol(worker, applicant(name="别的名字", mobile=""))
    worker.refresh_from_db()
    assert (made.user.name, worker.volunteer) == (worker.name, made)
    with pytest.raises(errors.AlreadyRegistered):
        enrol(worker, applicant())


def test_two_registrations_at_the_same_moment_become_one(committed_a: Any) -> None:
    same = applicant()

    def go(_: int) -> str:
        with tenant_context(committed_a):
            try:
                return register(same, password=PASSWORD).number
            except errors.AlreadyRegistered:
                return "refused"
            finally:
                connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(go, range(8)))
    assert results.count("refused") == 7
    assert Volunteer.objects.count() == 1
    assert User.objects.filter(groups__name="volunteer").exclude(username="volunteer").count() == 1
