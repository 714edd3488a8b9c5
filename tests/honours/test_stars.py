"""A star is applied for, publicised, and awarded by two officers from confirmed hours alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.models import Certificate
from portal.core.models import RuleSettings
from portal.core.workdays import workdays_between
from portal.honours.domain import (
    apply_for_star,
    award_star,
    errors,
    propose_star,
    record_objection,
    refuse_star,
    withdraw_star,
)
from portal.honours.enums import STAR_MOVES, StarState
from portal.honours.models import StarApplication
from portal.honours.queries import star_standing
from portal.notices.models import Notice
from portal.volunteers.domain.certify import holder_key
from portal.volunteers.domain.records import void_record
from portal.volunteers.enums import RecordState
from portal.volunteers.models import Volunteer
from tests.cast import ROLES, person
from tests.factories.honours import (
    few_hours_a_star,
    make_application,
    make_due,
    make_proposed,
    no_second_person,
    second_officer,
    serve,
    serve_paid,
)
from tests.factories.volunteers import make_volunteer
from tests.tasks import run_queued

S = StarState


def told(kind: str) -> list[Any]:
    return [notice.user for notice in Notice.objects.filter(kind=kind)]


def test_a_star_goes_from_application_to_certificate(tenant_a: Any) -> None:
    few_hours_a_star()
    volunteer = make_volunteer(name="李小梅")
    serve(volunteer, days=3)

    applied = apply_for_star(volunteer, level=3, publicity_consent=True)
    assert (applied.state, applied.minutes, applied.needed_minutes) == (S.PUBLICITY, 360, 360)
    assert workdays_between(timezone.localdate(), applied.publicity_until) == 5
    assert told("star_applied") == [volunteer.user]

    StarApplication.objects.update(publicity_until=timezone.localdate() - timedelta(days=1))
    proposed = propose_star(applied, by=person("officer"))
    assert (proposed.state, Certificate.objects.count()) == (S.PROPOSED, 0)

    awarded = award_star(proposed, by=second_officer())
    assert (awarded.state, told("star_awarded")) == (S.AWARDED, [volunteer.user])
    facts = Certificate.objects.get().facts
    assert facts.honour is not None
    assert (facts.kind, facts.honour.occasion, facts.honour.level, facts.minutes) == ("honour", "star", 3, 360)
    assert (facts.holder_name, facts.holder_masked, facts.id_masked, facts.rows) == ("李小梅", "李**", "", ())
    assert "三星级志愿者" in facts.honour.text
    run_queued()
    assert Certificate.objects.get(holder_key=holder_key(volunteer)).state == "issued"


def test_hours_that_are_missing_unsettled_or_paid_are_named(tenant_a: Any) -> None:
    few_hours_a_star()
    volunteer = make_volunteer()
    serve(volunteer, days=1)
    serve(volunteer, days=1, ago=5, state=RecordState.SUBMITTED)
    serve(volunteer, days=1, ago=6, state=RecordState.DISPUTED, reason="不对")
    serve_paid(volunteer, ago=7)

    with pytest.raises(errors.NotReached) as refusal:
        apply_for_star(volunteer, level=2, publicity_consent=True)
    assert refusal.value.messages == [
        "已确认的志愿服务时长是2.0小时，要满4.0小时。另有4.0小时还没确认或有异议，确认后才算。有报酬的活动2.0小时不算志愿服务。"
    ]
    found = star_standing(volunteer)
    assert (found.next, found.standing.unsettled, found.standing.disputed, found.standing.paid) == (1, 240, 120, 120)


def _no_consent(volunteer: Volunteer) -> Any:
    return apply_for_star(volunteer, level=1, publicity_consent=False)


def _closed(volunteer: Volunteer) -> Any:
    volunteer.user.is_active = False
    volunteer.user.save()
    return apply_for_star(volunteer, level=1, publicity_consent=True)


def _minor(volunteer: Volunteer) -> Any:
    Volunteer.objects.filter(pk=volunteer.pk).update(birth_date=f"{timezone.localdate().year - 12}-01-01")
    return apply_for_star(Volunteer.objects.get(pk=volunteer.pk), level=1, publicity_consent=True)


def _twice(volunteer: Volunteer) -> Any:
    apply_for_star(volunteer, level=1, publicity_consent=True)
    return apply_for_star(volunteer, level=1, publicity_consent=True)


def _no_such_star(volunteer: Volunteer) -> Any:
    return apply_for_star(volunteer, level=6, publicity_consent=True)


@pytest.mark.parametrize(
    ("ask", "refusal"),
    [
        (_no_consent, errors.NotAllowed),
        (_closed, errors.HolderUnfit),
        (_minor, errors.HolderUnfit),
        (_twice, errors.AlreadyHeld),
        (_no_such_star, errors.NotReached),
    ],
)
def test_who_cannot_apply(tenant_a: Any, ask: Any, refusal: type[Exception]) -> None:
    few_hours_a_star()
    volunteer = make_volunteer()
    serve(volunteer)
    with pytest.raises(refusal), transaction.atomic():
        ask(volunteer)


def test_a_minor_whose_guardian_has_consented_may_apply(tenant_a: Any) -> None:
    few_hours_a_star()
    young = make_volunteer(
        birth_date=f"{timezone.localdate().year - 12}-01-01",
        guardian_name="李示例",
        guardian_consented_at=timezone.now(),
    )
    serve(young)
    assert apply_for_star(young, level=1, publicity_consent=True).state == S.PUBLICITY


def test_publicity_counts_by_the_holidays(tenant_a: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 9, 29))
    made = make_application()
    # 30 September and 8, 9 October are worked, 10 October in exchange for the holiday, 12 October is a Monday.
    assert (made.publicity_until, made.until_certain) == (date(2026, 10, 12), True)


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_who_may_propose(tenant_a: Any, role: str) -> None:
    due = make_due()
    if role == "officer":
        assert propose_star(due, by=person(role)).state == S.PROPOSED
    else:
        with pytest.raises(errors.NotAllowed):
            propose_star(due, by=person(role))


def test_nothing_is_proposed_before_the_publicity_is_over(tenant_a: Any) -> None:
    with pytest.raises(errors.TooEarly):
        propose_star(make_application(), by=person("officer"))


def test_the_second_person_is_another(tenant_a: Any) -> None:
    proposed = make_proposed()
    with pytest.raises(errors.NotAllowed):
        award_star(proposed, by=person("officer"))
    assert award_star(proposed, by=second_officer()).decided_by == second_officer()


def test_where_the_tenant_does_without_one_officer_awards(tenant_a: Any) -> None:
    no_second_person()
    awarded = propose_star(make_due(), by=person("officer"))
    assert (awarded.state, awarded.alone, Certificate.objects.count()) == (S.AWARDED, True, 1)


def test_nobody_decides_on_a_star_of_their_own(tenant_a: Any) -> None:
    own = make_volunteer("officer")
    serve(own)
    due = make_due(volunteer=own)
    for verb in (
        lambda: propose_star(due, by=person("officer")),
        lambda: refuse_star(due, by=person("officer"), note="不"),
        lambda: record_objection(due, by=person("officer"), content="不"),
    ):
        with pytest.raises(errors.NotAllowed):
            verb()
    proposed = propose_star(due, by=second_officer())
    with pytest.raises(errors.NotAllowed):
        award_star(proposed, by=person("officer"))


def test_hours_taken_away_meanwhile_stop_the_award(tenant_a: Any) -> None:
    proposed = make_proposed(days=2, level=2)
    void_record(proposed.volunteer.records.first(), by=person("officer"), why="重复记录")
    with pytest.raises(errors.NotReached):
        award_star(proposed, by=second_officer())
    proposed.refresh_from_db()
    assert (proposed.state, Certificate.objects.count()) == (S.PROPOSED, 0)


def test_an_account_closed_meanwhile_stops_the_award(tenant_a: Any) -> None:
    proposed = make_proposed()
    user = proposed.volunteer.user
    user.is_active = False
    user.save()
    with pytest.raises(errors.HolderUnfit):
        award_star(proposed, by=second_officer())


@pytest.mark.parametrize("state", list(S))
def test_only_the_moves_of_the_table_are_possible(tenant_a: Any, state: StarState) -> None:
    moves = {
        S.WITHDRAWN: lambda row: withdraw_star(row, by=row.volunteer.user),
        S.REFUSED: lambda row: refuse_star(row, by=second_officer(), note="不"),
        S.OBJECTED: lambda row: record_objection(row, by=second_officer(), content="不"),
    }
    for to, verb in moves.items():
        row = make_due()
        extra: dict[str, Any] = {}
        if state in (S.AWARDED, S.ENDED):
            row = award_star(propose_star(row, by=person("officer")), by=second_officer())
        elif state == S.REFUSED:
            extra = {"decided_by": second_officer(), "decided_at": timezone.now(), "note": "不"}
        StarApplication.objects.filter(pk=row.pk).update(state=state, **extra)
        allowed = to in STAR_MOVES[state] or (state, to) == (S.OBJECTED, S.OBJECTED)
        if allowed:
            verb(row)
        else:
            with pytest.raises(errors.MoveRefused):
                verb(row)


def test_the_database_holds_what_the_verbs_promise(tenant_a: Any) -> None:
    awarded = award_star(make_proposed(), by=second_officer())
    rows = StarApplication.objects.filter(pk=awarded.pk)
    for wrong in (
        {"decided_by": awarded.proposed_by},
        {"decided_by": awarded.applied_by},
        {"certificate": None},
        {"minutes": awarded.needed_minutes - 1},
        {"level": 6},
        {"state": "lost"},
        {"state": S.REFUSED, "note": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    copy = StarApplication.objects.get(pk=awarded.pk)
    copy.pk, copy.certificate = None, Certificate.objects.none().first()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_another_tenants_hours_and_stars_are_not_seen(tenant_a: Any, tenant_b: Any) -> None:
    awarded = award_star(make_proposed(), by=second_officer())
    with tenant_context(tenant_b):
        assert StarApplication.objects.count() == 0
        few_hours_a_star()
        assert star_standing(make_volunteer()).held == 0
    assert star_standing(awarded.volunteer).held == 1


def test_the_days_of_publicity_are_the_tenants(tenant_a: Any) -> None:
    RuleSettings.objects.update(publicity_workdays=7)
    made = make_application()
    assert workdays_between(timezone.localdate(), made.publicity_until) == 7
