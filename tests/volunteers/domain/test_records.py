"""A second person stands behind every hour, and nothing that was done can be undone unseen."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from portal.core.models import RuleSettings
from portal.notices.models import Notice
from portal.organisations.enums import MemberRole
from portal.projects.models import Project
from portal.volunteers.domain import errors
from portal.volunteers.domain.records import confirm_record, correct_record, dispute_record, void_record
from portal.volunteers.enums import RECORD_MOVES, RecordState
from portal.volunteers.models import RecordChange, ServiceRecord
from tests.cast import ROLES, person
from tests.factories.people import make_membership, make_user
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.volunteers.domain.test_sign_up_races import at_once

S = RecordState


def test_confirming_makes_it_count_and_tells_the_volunteer(tenant_a: Any) -> None:
    record = confirm_record(make_record(), by=person("officer"))
    assert (record.state, record.confirmed_by, record.counts) == (S.CONFIRMED, person("officer"), True)
    assert Notice.objects.get(kind="record_confirmed").user == record.volunteer.user
    change = RecordChange.objects.get()
    assert (change.by, change.to_state, change.before["state"], change.after["state"]) == (
        person("officer"), "confirmed", "submitted", "confirmed",
    )  # fmt: skip


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_who_may_confirm(tenant_a: Any, role: str) -> None:
    record = make_record(entered_by=make_user(), shift=past_shift(make_project(in_charge=make_user())))
    if role in {"officer", "community_worker"}:
        assert confirm_record(record, by=person(role)).counts
    else:
        with pytest.raises(errors.NotAllowed):
            confirm_record(record, by=person(role))


def test_never_who_entered_it_nor_whose_it_is_not_even_the_officer(tenant_a: Any) -> None:
    officer = person("officer")
    for record in (make_record(entered_by=officer), make_record(make_volunteer("officer"))):
        with pytest.raises(errors.NotAllowed):
            confirm_record(record, by=officer)
        record.refresh_from_db()
        assert record.state == S.SUBMITTED


def test_the_database_refuses_one_person_in_both_places(tenant_a: Any) -> None:
    record = make_record()
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRecord.objects.filter(pk=record.pk).update(
            state=S.CONFIRMED, confirmed_by=record.entered_by, confirmed_at=record.entered_at
        )


def test_the_organisation_confirms_up_to_the_day_cap_and_the_officer_beyond(tenant_a: Any) -> None:
    RuleSettings.objects.update(day_cap_minutes=180)
    volunteer, project = make_volunteer(), make_project(in_charge=make_user())
    manager = make_membership(organisation=project.organiser, role=MemberRole.MANAGER).user
    first, second = (make_record(volunteer, past_shift(project)) for _ in range(2))
    paid = make_record(volunteer, state=S.CONFIRMED)
    Project.objects.filter(pk=paid.project_id).update(is_paid=True)
    confirm_record(first, by=manager)
    with pytest.raises(errors.NotAllowed) as refused:
        confirm_record(second, by=manager)
    assert "2.0小时" in refused.value.messages[0]
    assert "3.0小时" in refused.value.messages[0]
    assert confirm_record(second, by=person("officer")).counts


def test_confirming_twice_is_refused(tenant_a: Any) -> None:
    stale = make_record()
    confirm_record(stale, by=person("officer"))
    with pytest.raises(errors.MoveRefused):
        confirm_record(stale, by=person("officer"))
    assert RecordChange.objects.count() == 1


def test_a_dispute_takes_the_hours_away_until_a_correction_is_confirmed(tenant_a: Any) -> None:
    record = make_record(state=S.CONFIRMED)
    own, worker, officer = record.volunteer.user, person("community_worker"), person("officer")

    record = dispute_record(record, by=own, reason=" 我做了\n一个半小时 ")
    assert (record.state, record.reason, record.confirmed_by) == (S.DISPUTED, "我做了 一个半小时", None)
    assert set(Notice.objects.filter(kind="record_disputed").values_list("user__username", flat=True)) == {"officer"}

    record = correct_record(record, minutes=90, by=worker, why="对过签到表")
    assert (record.state, record.minutes, record.entered_by) == (S.CORRECTED, 90, worker)
    with pytest.raises(errors.NotAllowed):
        confirm_record(record, by=worker)
    assert confirm_record(record, by=officer).minutes == 90
    assert list(RecordChange.objects.values_list("to_state", "by", "why")) == [
        ("disputed", own.pk, "我做了 一个半小时"),
        ("corrected", worker.pk, "对过签到表"),
        ("confirmed", officer.pk, ""),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_only_the_volunteer_disputes(tenant_a: Any, role: str) -> None:
    record = make_record(make_volunteer(make_user("volunteer")))
    with pytest.raises(errors.NotAllowed):
        dispute_record(record, by=person(role), reason="不对")


def test_nobody_corrects_their_own_hours(tenant_a: Any) -> None:
    record = make_record(make_volunteer("officer"), state=S.DISPUTED, reason="不对")
    for by, error in ((person("officer"), errors.NotAllowed), (person("publicist"), errors.NotAllowed)):
        with pytest.raises(error):
            correct_record(record, minutes=60, by=by, why="对过")
    assert correct_record(record, minutes=60, by=person("community_worker"), why="对过").minutes == 60


@pytest.mark.parametrize("minutes", [0, 121])
def test_a_correction_keeps_within_the_shift(tenant_a: Any, minutes: int) -> None:
    with pytest.raises(errors.BadMinutes):
        correct_record(make_record(state=S.DISPUTED, reason="不对"), minutes=minutes, by=person("officer"), why="对过")


def test_reasons_are_asked_for_and_bounded(tenant_a: Any) -> None:
    record = make_record()
    for reason in ("", "  ", "长" * 201):
        with pytest.raises(errors.ReasonMissing):
            dispute_record(record, by=record.volunteer.user, reason=reason)
        with pytest.raises(errors.ReasonMissing):
            void_record(record, by=person("officer"), why=reason)


def test_hours_that_count_are_voided_by_the_officer_alone(tenant_a: Any) -> None:
    record = make_record(state=S.CONFIRMED)
    with pytest.raises(errors.NotAllowed):
        void_record(record, by=person("community_worker"), why="没来")
    assert void_record(record, by=person("officer"), why="没来").reason == "没来"
    again = make_record(record.volunteer, record.shift)
    assert again.state == S.SUBMITTED


ACTS = {
    S.CONFIRMED: lambda record: confirm_record(record, by=person("officer")),
    S.DISPUTED: lambda record: dispute_record(record, by=record.volunteer.user, reason="不对"),
    S.CORRECTED: lambda record: correct_record(record, minutes=60, by=person("officer"), why="对过"),
    S.VOIDED: lambda record: void_record(record, by=person("officer"), why="没来"),
}


@pytest.mark.parametrize("to", ACTS)
@pytest.mark.parametrize("state", list(S))
def test_every_move_is_the_one_in_the_table(tenant_a: Any, state: RecordState, to: RecordState) -> None:
    record = make_record(state=state, reason="原因", entered_by=person("community_worker"))
    if state == S.CONFIRMED:
        record.confirmed_by = person("officer")
    if to in RECORD_MOVES[state]:
        assert ACTS[to](record).state == to
    else:
        with pytest.raises(errors.MoveRefused):
            ACTS[to](record)
        record.refresh_from_db()
        assert record.state == state


@pytest.mark.parametrize("sql", ["UPDATE volunteers_recordchange SET why = 'x'", "DELETE FROM volunteers_recordchange"])
def test_the_log_cannot_be_rewritten_even_by_hand(tenant_a: Any, sql: str) -> None:
    confirm_record(make_record(), by=person("officer"))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert RecordChange.objects.count() == 1


def test_a_refused_verb_writes_nothing(tenant_a: Any) -> None:
    record = make_record()
    with pytest.raises(errors.NotAllowed):
        confirm_record(record, by=person("publicist"))
    assert (RecordChange.objects.count(), Notice.objects.count()) == (0, 0)


def test_confirmed_by_ten_at_once_it_counts_once(committed_a: Any) -> None:
    record = make_record()
    officers = [make_user("officer") for _ in range(10)]
    results = at_once(committed_a, [partial(confirm_record, record, by=o) for o in officers])
    assert results.count("MoveRefused") == 9
    assert RecordChange.objects.count() == 1


def test_two_records_of_a_day_do_not_pass_the_cap_side_by_side(committed_a: Any) -> None:
    RuleSettings.objects.update(day_cap_minutes=180)
    volunteer, worker = make_volunteer(), make_user("community_worker")
    records = [make_record(volunteer) for _ in range(4)]
    results = at_once(committed_a, [partial(confirm_record, r, by=worker) for r in records])
    assert results.count("NotAllowed") == 3
