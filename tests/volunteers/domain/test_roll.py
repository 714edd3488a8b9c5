"""Taking the roll: who may, when, within which minutes, and how it is proven."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.core.models import RuleSettings
from portal.core.workdays import workdays_after
from portal.notices.models import Notice
from portal.organisations.enums import MemberRole
from portal.volunteers.domain import errors
from portal.volunteers.domain.roll import Mark, find_walk_in, take_roll
from portal.volunteers.enums import Grade, RecordState
from portal.volunteers.models import RecordChange, ServiceRecord
from tests.cast import ROLES, person
from tests.factories.people import make_membership, make_user
from tests.factories.projects import make_project, make_shift
from tests.factories.volunteers import make_record, make_sign_up, make_volunteer, past_shift

# Parameters are made when tests are collected, perhaps an hour before they run.
TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture
def leader(tenant_a: Any) -> Any:
    """In charge of the project, without any role."""
    return person("newcomer")


@pytest.fixture
def shift(leader: Any) -> Any:
    return past_shift(make_project(in_charge=leader, address="示例路12号"))


def test_present_people_get_a_record_that_waits_for_a_second_person(shift: Any, leader: Any) -> None:
    here, absent = make_sign_up(shift), make_sign_up(shift)

    records = take_roll(shift, [Mark(here.volunteer_id, True, 100), Mark(absent.volunteer_id, False)], by=leader)

    (record,) = records
    assert (record.volunteer, record.sign_up, record.minutes_given, record.minutes) == (here.volunteer, here, 100, 90)
    assert (record.state, record.grade, record.entered_by) == (RecordState.SUBMITTED, Grade.LEADER_ROLL, leader)
    assert (record.activity, record.organiser, record.in_charge) == (
        shift.project.title, shift.project.organiser.name, leader.name,
    )  # fmt: skip
    assert record.place == "示例路12号 甲社区服务站"
    here.refresh_from_db()
    absent.refresh_from_db()
    assert (here.attended, absent.attended) == (True, False)
    assert list(RecordChange.objects.values_list("to_state", "by")) == [("open", leader.pk), ("submitted", leader.pk)]


def test_the_roll_is_told_to_those_it_speaks_of_and_to_officers(shift: Any, leader: Any) -> None:
    here = make_sign_up(shift)
    take_roll(shift, [Mark(here.volunteer_id, True, 60)], by=leader)
    told = Notice.objects.filter(kind="roll_taken").values_list("user__username", flat=True)
    assert sorted(told) == sorted([here.volunteer.user.username, "officer"])


def test_a_kept_roll_is_open_and_is_changed_until_it_is_handed_in(shift: Any, leader: Any) -> None:
    here = make_sign_up(shift)
    take_roll(shift, [Mark(here.volunteer_id, True, 60)], by=leader, hand_in=False)
    assert ServiceRecord.objects.get().state == RecordState.OPEN
    take_roll(shift, [Mark(here.volunteer_id, True, 120)], by=leader)
    record = ServiceRecord.objects.get()
    assert (record.state, record.minutes) == (RecordState.SUBMITTED, 120)


def test_who_was_kept_as_present_and_then_was_not_has_no_record(shift: Any, leader: Any) -> None:
    here = make_sign_up(shift)
    take_roll(shift, [Mark(here.volunteer_id, True, 60)], by=leader, hand_in=False)
    take_roll(shift, [Mark(here.volunteer_id, False)], by=leader)
    assert ServiceRecord.objects.get().state == RecordState.VOIDED


def test_a_roll_sent_twice_is_one_roll(shift: Any, leader: Any) -> None:
    here = make_sign_up(shift)
    marks = [Mark(here.volunteer_id, True, 60)]
    take_roll(shift, marks, by=leader)
    assert take_roll(shift, [Mark(here.volunteer_id, True, 120)], by=leader) == []
    assert ServiceRecord.objects.get().minutes == 60


@pytest.mark.parametrize("minutes", [0, -5, 121, 100000])
def test_minutes_keep_within_the_shift_and_one_wrong_line_stops_the_whole_roll(
    shift: Any, leader: Any, minutes: int
) -> None:
    first, wrong = make_sign_up(shift), make_sign_up(shift)
    with pytest.raises(errors.BadMinutes) as refused:
        take_roll(shift, [Mark(first.volunteer_id, True, 60), Mark(wrong.volunteer_id, True, minutes)], by=leader)
    assert refused.value.field == f"minutes_{wrong.volunteer_id}"
    assert "120" in refused.value.messages[0]
    assert ServiceRecord.objects.count() == 0


def test_who_came_unannounced_is_found_by_number(shift: Any, leader: Any) -> None:
    walk_in = find_walk_in(f" {make_volunteer().number} ")
    (record,) = take_roll(shift, [Mark(walk_in.pk, True, 60)], by=leader)
    assert (record.volunteer, record.sign_up) == (walk_in, None)
    with pytest.raises(errors.UnknownVolunteer):
        find_walk_in("999999999999")
    with pytest.raises(errors.UnknownVolunteer):
        take_roll(shift, [Mark(10**9, True, 60)], by=leader)


def test_nobody_serves_at_two_places_at_once(shift: Any, leader: Any) -> None:
    here = make_sign_up(shift)
    make_record(here.volunteer, past_shift(starts_at=shift.starts_at))
    with pytest.raises(errors.Overlapping):
        take_roll(shift, [Mark(here.volunteer_id, True, 60)], by=leader)


@pytest.mark.parametrize(
    ("project", "over"),
    [
        ({"is_paid": True}, {}),
        ({}, {"cancelled_at": timezone.now(), "cancelled_reason": "下雨"}),
        ({"state": "cancelled", "cancelled_reason": "下雨"}, {}),
        ({}, {"starts_at": TOMORROW, "ends_at": TOMORROW + timedelta(hours=2)}),
        ({}, {"ends_at": TOMORROW}),
    ],
)
def test_there_is_no_roll_of_paid_cancelled_or_coming_shifts(leader: Any, project: Any, over: Any) -> None:
    shift = past_shift(make_project(in_charge=leader, **project), **over)
    here = make_sign_up(shift)
    with pytest.raises(errors.RollRefused):
        take_roll(shift, [Mark(here.volunteer_id, True, 60)], by=leader)
    assert ServiceRecord.objects.count() == 0


def test_after_a_day_it_is_a_late_entry_with_a_cap(leader: Any) -> None:
    begun = timezone.now() - timedelta(days=2)
    shift = make_shift(make_project(in_charge=leader), starts_at=begun, ends_at=begun + timedelta(hours=6))
    here = make_sign_up(shift)
    with pytest.raises(errors.BadMinutes):
        take_roll(shift, [Mark(here.volunteer_id, True, 241)], by=leader)
    (record,) = take_roll(shift, [Mark(here.volunteer_id, True, 240)], by=leader)
    assert record.grade == Grade.LATE_ENTRY


def test_the_cap_of_late_entries_is_for_the_whole_day(leader: Any) -> None:
    RuleSettings.objects.update(late_entry_cap_minutes=150)
    noon = (timezone.localtime() - timedelta(days=2)).replace(hour=12)
    volunteer = make_volunteer()
    for hour, error in ((0, None), (3, errors.BadMinutes)):
        begun = noon + timedelta(hours=hour)
        shift = make_shift(make_project(in_charge=leader), starts_at=begun, ends_at=begun + timedelta(hours=2))
        make_sign_up(shift, volunteer)
        if error is None:
            take_roll(shift, [Mark(volunteer.pk, True, 100)], by=leader)
        else:
            with pytest.raises(error):
                take_roll(shift, [Mark(volunteer.pk, True, 51)], by=leader)


def test_after_ten_working_days_only_the_officer_still_records(leader: Any) -> None:
    shift = past_shift(make_project(in_charge=leader), starts_at=timezone.now() - timedelta(days=40))
    ended = timezone.localtime(shift.ends_at)
    last = ended + (workdays_after(ended.date(), 10).date - ended.date())
    here = make_sign_up(shift)
    marks = [Mark(here.volunteer_id, True, 60)]
    with pytest.raises(errors.RollRefused):
        take_roll(shift, marks, by=leader, now=last + timedelta(days=1))
    assert take_roll(shift, marks, by=leader, now=last, hand_in=False)
    assert take_roll(shift, marks, by=person("officer"), now=last + timedelta(days=1))


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_who_may_take_a_roll(tenant_a: Any, role: str) -> None:
    shift = past_shift(make_project(in_charge=make_user()))
    here = make_sign_up(shift)
    marks = [Mark(here.volunteer_id, True, 60)]
    if role in {"officer", "community_worker"}:
        assert take_roll(shift, marks, by=person(role))
    else:
        with pytest.raises(errors.NotAllowed):
            take_roll(shift, marks, by=person(role))


@pytest.mark.parametrize(
    ("role", "may"), [(MemberRole.MANAGER, True), (MemberRole.LEADER, True), (MemberRole.MEMBER, False)]
)
def test_managers_and_leaders_take_the_rolls_of_their_own_organisation(
    tenant_a: Any, role: MemberRole, may: bool
) -> None:
    shift = past_shift(make_project(in_charge=make_user()))
    member = make_membership(organisation=shift.project.organiser, role=role).user
    stranger = make_membership(role=role).user
    marks = [Mark(make_sign_up(shift).volunteer_id, True, 60)]
    with pytest.raises(errors.NotAllowed):
        take_roll(shift, marks, by=stranger)
    if may:
        assert take_roll(shift, marks, by=member)
    else:
        with pytest.raises(errors.NotAllowed):
            take_roll(shift, marks, by=member)
