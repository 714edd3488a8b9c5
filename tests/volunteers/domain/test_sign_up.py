"""Places, the waiting list, and everything that keeps somebody from a shift."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.core.enums import Participation
from portal.notices.models import Notice
from portal.projects.enums import ProjectState
from portal.projects.models import Shift
from portal.projects.signals import shift_moved, shift_places_changed
from portal.volunteers.domain import errors
from portal.volunteers.domain.sign_up import promote, sign_up, withdraw
from portal.volunteers.enums import SignUpState
from portal.volunteers.models import SignUp
from tests.cast import person
from tests.factories.projects import make_project, make_shift
from tests.factories.volunteers import make_sign_up, make_volunteer
from tests.search.listed import only

WAITING, CONFIRMED = SignUpState.WAITING, SignUpState.CONFIRMED


def counters(shift: Shift) -> tuple[int, int]:
    shift.refresh_from_db()
    return shift.taken, shift.waiting


def queue(shift: Shift) -> list[tuple[int, int]]:
    rows = SignUp.objects.filter(shift=shift, state=WAITING).order_by("position")
    return list(rows.values_list("volunteer_id", "position"))


def test_a_place_is_taken_and_counted(tenant_a: Any) -> None:
    shift, volunteer = make_shift(), make_volunteer()
    made = sign_up(shift, volunteer)
    assert (made.state, made.position, counters(shift)) == (CONFIRMED, None, (1, 0))


def test_who_comes_to_a_full_shift_waits_in_order(tenant_a: Any) -> None:
    shift = make_shift(places=1)
    people = [make_volunteer() for _ in range(4)]
    states = [sign_up(shift, volunteer).state for volunteer in people]
    assert states == [CONFIRMED, WAITING, WAITING, WAITING]
    assert queue(shift) == [(people[1].pk, 1), (people[2].pk, 2), (people[3].pk, 3)]
    assert counters(shift) == (1, 3)


def test_the_first_who_fits_moves_up_and_the_queue_closes(tenant_a: Any) -> None:
    project = make_project(participation=[Participation.INDIVIDUAL, Participation.FAMILY])
    shift = make_shift(project, places=2)
    one, two, family, next_one, last = (make_volunteer() for _ in range(5))
    first = sign_up(shift, one)
    sign_up(shift, two)
    sign_up(shift, family, party_size=2, participation=Participation.FAMILY)
    sign_up(shift, next_one)
    sign_up(shift, last)

    moved = withdraw(first, by=one.user)

    assert [row.volunteer for row in moved] == [next_one]
    assert queue(shift) == [(family.pk, 1), (last.pk, 2)]
    assert counters(shift) == (2, 3)
    assert Notice.objects.filter(user=next_one.user, kind="moved_up").count() == 1
    assert Notice.objects.filter(user=family.user, kind="moved_up").count() == 0


def test_leaving_the_queue_closes_it_up(tenant_a: Any) -> None:
    shift = make_shift(places=1)
    sign_ups = [sign_up(shift, make_volunteer()) for _ in range(4)]
    assert withdraw(sign_ups[1], by=sign_ups[1].volunteer.user) == []
    assert queue(shift) == [(sign_ups[2].volunteer_id, 1), (sign_ups[3].volunteer_id, 2)]
    assert counters(shift) == (1, 2)


def test_who_withdrew_may_come_back(tenant_a: Any) -> None:
    shift, volunteer = make_shift(), make_volunteer()
    withdraw(sign_up(shift, volunteer), by=volunteer.user)
    assert sign_up(shift, volunteer).state == CONFIRMED
    assert counters(shift) == (1, 0)


def test_a_second_withdrawal_is_refused_and_counts_nothing_twice(tenant_a: Any) -> None:
    shift, volunteer = make_shift(), make_volunteer()
    sign_up(shift, make_volunteer())
    mine = sign_up(shift, volunteer)
    stale = SignUp.objects.get(pk=mine.pk)
    withdraw(mine, by=volunteer.user)
    with pytest.raises(errors.NotSignedUp):
        withdraw(stale, by=volunteer.user)
    assert counters(shift) == (1, 0)


def test_more_places_let_the_queue_move_up(tenant_a: Any) -> None:
    shift = make_shift(places=1)
    for _ in range(3):
        sign_up(shift, make_volunteer())
    Shift.objects.filter(pk=shift.pk).update(places=2)
    shift_places_changed.send(sender=Shift, shift=shift, places=1)
    assert counters(shift) == (2, 1)
    assert [position for _, position in queue(shift)] == [1]
    assert promote(shift) == []


@pytest.mark.parametrize(
    ("project", "shift", "volunteer", "party", "error"),
    [
        ({"live": False, "state": ProjectState.DRAFT}, {}, {}, {}, errors.ShiftClosed),
        ({"state": ProjectState.CANCELLED, "cancelled_reason": "下雨"}, {}, {}, {}, errors.ShiftClosed),
        ({}, {"cancelled_at": timezone.now(), "cancelled_reason": "下雨"}, {}, {}, errors.ShiftClosed),
        ({}, {"starts_at": timezone.now() - timedelta(hours=1)}, {}, {}, errors.ShiftClosed),
        ({"min_age": 70}, {}, {}, {}, errors.TooYoung),
        ({"max_age": 60}, {}, {}, {}, errors.TooOld),
        ({}, {}, {"birth_date": "2012-01-01"}, {}, errors.GuardianMissing),
        (
            {"guardian_required": True},
            {},
            {"birth_date": "2012-01-01", "guardian_name": "李", "guardian_consented_at": timezone.now()},
            {},
            errors.GuardianMissing,
        ),
        ({}, {}, {}, {"party_size": 2}, errors.PartyTooLarge),
        ({}, {}, {}, {"party_size": 0}, errors.PartyTooLarge),
        ({}, {}, {}, {"party_size": -3}, errors.PartyTooLarge),
        ({}, {}, {}, {"participation": "family", "party_size": 2}, errors.PartyTooLarge),
        (
            {"participation": ["family"]},
            {"places": 20},
            {},
            {"participation": "family", "party_size": 7},
            errors.PartyTooLarge,
        ),
        (
            {"participation": ["team"]},
            {"places": 20},
            {},
            {"participation": "team", "party_size": 21},
            errors.PartyTooLarge,
        ),
    ],
)
def test_a_refusal_has_a_name_and_leaves_nothing(
    tenant_a: Any, project: Any, shift: Any, volunteer: Any, party: Any, error: type[Exception]
) -> None:
    held, who = make_shift(make_project(**project), **shift), make_volunteer(**volunteer)
    with pytest.raises(error):
        sign_up(held, who, **party)
    assert (SignUp.objects.count(), counters(held), Notice.objects.count()) == (0, (0, 0), 0)


def test_a_minor_brings_the_guardian_where_one_must_come(tenant_a: Any) -> None:
    minor = make_volunteer(birth_date="2012-01-01", guardian_name="李", guardian_consented_at=timezone.now())
    shift = make_shift(make_project(guardian_required=True))
    assert sign_up(shift, minor, participation="family", party_size=2).party_size == 2


def test_age_is_counted_on_the_day_of_the_shift(tenant_a: Any) -> None:
    before, birthday = timezone.now() + timedelta(days=9), timezone.now() + timedelta(days=10)
    day = timezone.localdate(birthday)
    if (day.month, day.day) == (2, 29):  # nobody was born on such a day eighteen years ago
        before, birthday = birthday, birthday + timedelta(days=1)
        day = timezone.localdate(birthday)
    volunteer = make_volunteer(birth_date=day.replace(year=day.year - 18).isoformat())
    project = make_project(min_age=18)
    with pytest.raises(errors.TooYoung):
        sign_up(make_shift(project, starts_at=before), volunteer)
    with pytest.raises(errors.GuardianMissing):
        sign_up(make_shift(starts_at=before), volunteer)
    assert sign_up(make_shift(project, starts_at=birthday), volunteer).state == CONFIRMED


def test_twice_on_one_shift_is_once(tenant_a: Any) -> None:
    shift, volunteer = make_shift(), make_volunteer()
    sign_up(shift, volunteer)
    with pytest.raises(errors.AlreadySignedUp):
        sign_up(shift, volunteer)
    assert counters(shift) == (1, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_sign_up(shift, volunteer)


@pytest.mark.parametrize("state", [CONFIRMED, WAITING])
def test_nobody_is_at_two_places_even_when_waiting(tenant_a: Any, state: SignUpState) -> None:
    volunteer, begins = make_volunteer(), timezone.now() + timedelta(days=3)
    held = make_shift(starts_at=begins)
    make_sign_up(held, volunteer, state=state, position=1 if state == WAITING else None)
    with pytest.raises(errors.Overlapping) as refused:
        sign_up(make_shift(starts_at=begins + timedelta(hours=1)), volunteer)
    assert held.project.title in refused.value.messages[0]
    assert sign_up(make_shift(starts_at=held.ends_at), volunteer).state == CONFIRMED


def test_the_database_itself_refuses_more_people_than_places(tenant_a: Any) -> None:
    shift = make_shift(places=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(taken=2)


def test_a_begun_shift_cannot_be_left(tenant_a: Any) -> None:
    shift, volunteer = make_shift(starts_at=timezone.now() - timedelta(minutes=5)), make_volunteer()
    with pytest.raises(errors.ShiftClosed):
        withdraw(make_sign_up(shift, volunteer), by=volunteer.user)


def test_a_moved_shift_is_told_to_those_who_come(tenant_a: Any) -> None:
    shift, volunteer = make_shift(), make_volunteer()
    sign_up(shift, volunteer)
    shift_moved.send(sender=Shift, shift=shift, starts_at=shift.starts_at, ends_at=shift.ends_at)
    assert Notice.objects.filter(kind="shift_moved").get().user == volunteer.user


@pytest.mark.parametrize(("hours", "told"), [(30, 0), (3, 1)])
def test_a_late_withdrawal_is_told_to_the_person_in_charge(tenant_a: Any, hours: int, told: int) -> None:
    shift = make_shift(make_project(), starts_at=timezone.now() + timedelta(hours=hours))
    volunteer = make_volunteer()
    mine = sign_up(shift, volunteer)
    withdraw(mine, by=volunteer.user)
    assert Notice.objects.filter(kind="withdrawn_late", user=person("officer")).count() == told


def test_a_project_is_found_as_full_from_the_last_place_on_and_open_again_when_one_is_given_back(
    tenant_a: Any,
) -> None:
    shift = make_shift(places=2)
    versions = [only("project").version]
    sign_up(shift, make_volunteer())
    versions.append(only("project").version)
    last = sign_up(shift, make_volunteer())
    assert (only("project").status, only("project").shown["facts"][1]) == ("full", "已满，可以候补")
    sign_up(shift, make_volunteer())
    versions.append(only("project").version)
    withdraw(last, by=last.volunteer.user)
    assert only("project").status == "full"  # whoever waited has moved up
    moved_up = SignUp.objects.filter(shift=shift, state="confirmed").latest("pk")
    withdraw(moved_up, by=moved_up.volunteer.user)
    assert only("project").status == "recruiting"
    assert versions[0] == versions[1] < versions[2]
