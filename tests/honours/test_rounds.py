"""A round finds who fulfils its conditions by confirmed records, and two officers stand behind it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.models import Certificate
from portal.honours.domain import (
    approve_round,
    change_round,
    draft_round,
    drop_round,
    errors,
    list_round,
    propose_round,
    return_round,
    tick,
)
from portal.honours.domain.issuing import issue_round
from portal.honours.domain.rounds import Ticked, default_conditions
from portal.honours.enums import EntryState, RoundState
from portal.honours.models import Entry, Round
from portal.honours.standing import Scope, Standing, held, standing_of, summed
from portal.notices.models import Notice
from portal.volunteers.models import Volunteer
from tests.cast import ROLES, person
from tests.factories.honours import make_round, no_second_person, second_officer, serve, serve_paid
from tests.factories.people import make_membership, make_organisation
from tests.factories.projects import make_project
from tests.factories.volunteers import make_volunteer
from tests.tasks import run_queued

R, E = RoundState, EntryState


def reasons(award: Round) -> dict[str, str]:
    """Who → why not, empty for those who get one."""
    rows = Entry.objects.filter(round=award).select_related("volunteer__user", "organisation")
    return {(row.volunteer.user.name if row.volunteer else str(row.organisation)): row.why for row in rows}


def named(name: str, **over: Any) -> Volunteer:
    return make_volunteer(name=name, **over)


def approved(award: Round) -> Round:
    return approve_round(propose_round(award, by=person("officer")), by=second_officer())


def test_everybody_with_a_record_is_in_the_list_with_the_reason(tenant_a: Any) -> None:
    young = {"birth_date": f"{timezone.localdate().year - 12}-01-01"}
    serve(named("够了"), days=2)
    serve(named("太少"), days=1)
    serve(named("没确认"), days=1, ago=3)
    serve(Volunteer.objects.get(user__name="没确认"), days=1, ago=4, state="submitted")
    serve_paid(named("有报酬"), days=2)
    serve(named("孩子", **young), days=2)
    serve(named("孩子，监护人同意", **young, guardian_name="李", guardian_consented_at=timezone.now()), days=2)
    closed = named("停用")
    serve(closed, days=2)
    closed.user.is_active = False
    closed.user.save()
    serve(make_volunteer("officer"), days=2)
    serve(named("以前"), days=2, ago=60)
    serve(named("作废"), days=2, state="voided", reason="重复")

    award = make_round(least_minutes=240)

    assert reasons(award) == {
        "够了": "",
        "太少": "few_hours",
        "没确认": "unsettled",
        "有报酬": "paid",
        "孩子": "no_guardian",
        "孩子，监护人同意": "",
        "停用": "closed",
        "示例officer": "own",
    }


def test_the_sums_of_the_list_are_those_of_the_award(tenant_a: Any) -> None:
    """The list is summed by the database, the award from the rows it holds."""
    one = named("李小梅")
    serve(one, days=2)
    serve_paid(one, ago=5)
    for ago, state in enumerate(["submitted", "corrected", "disputed", "voided", "open"], start=6):
        serve(one, ago=ago, state=state, reason="不对")
    serve(one, ago=12, minutes=0)
    records = Scope().records().filter(volunteer=one)
    assert standing_of(records) == summed(held(records)) == Standing(
        minutes=240, days=2, people=1, unsettled=360, disputed=120, paid=120
    )  # fmt: skip


def test_records_are_locked_by_key_and_read_by_day(tenant_a: Any) -> None:
    """A certificate of records locks them by key, too: in another order the two could wait for each other."""
    (late, early), other = serve(named("李小梅"), days=2), serve(named("王大明"), ago=9)
    with CaptureQueriesContext(connection) as queries:
        assert held(Scope().records()) == [*other, early, late]
    (locking,) = (query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"])
    assert 'ORDER BY "volunteers_servicerecord"."id" ASC FOR NO KEY UPDATE' in locking


def test_days_are_asked_for_beside_hours(tenant_a: Any) -> None:
    serve(named("一天两班"), days=1)
    serve(Volunteer.objects.get(user__name="一天两班"), days=1)
    serve(named("两天"), days=2)
    award = make_round(occasion="student_week", least_minutes=240, least_days=2)
    assert reasons(award) == {"一天两班": "few_days", "两天": ""}


def test_only_the_projects_that_are_named_count(tenant_a: Any) -> None:
    counts, other = make_project(title="敬老月"), make_project(title="别的")
    serve(named("在里面"), project=counts)
    serve(named("在外面"), project=other)
    award = make_round(projects=[counts])
    assert reasons(award) == {"在里面": ""}
    with transaction.atomic():
        values = {"occasion": "campaign", "title": "敬老月", "start": award.start, "end": award.end}
        change_round(award, by=person("officer"), **values, least_minutes=600, least_days=1, projects=[other])
    assert reasons(award) == {"在外面": "few_hours"}


def test_conditions_of_a_new_round_are_the_tenants(tenant_a: Any) -> None:
    assert {name: default_conditions(name) for name in ("campaign", "student_week", "group")} == {
        "campaign": {"least_minutes": 480, "least_days": 1},
        "student_week": {"least_minutes": 1200, "least_days": 5},
        "group": {"least_minutes": 2400, "least_days": 1},
    }


def test_ticking_takes_out_and_back_but_never_lets_in_who_does_not_fulfil(tenant_a: Any) -> None:
    serve(named("一"), days=2)
    serve(named("二"), days=2)
    serve(named("三"), days=1)
    award = make_round(least_minutes=240)
    keys = dict(Entry.objects.values_list("volunteer__user__name", "pk"))
    assert tick(award, out=[keys["二"]], back=[keys["三"]], by=person("officer")) == Ticked(1, 0, 1)
    assert reasons(award) == {"一": "", "二": "by_hand", "三": "few_hours"}
    # A list made anew keeps who was taken out by hand, also after one whose conditions they did not fulfil, or of days
    # on which they did not serve.
    today = timezone.localdate()
    for change, why in (
        ({"least_minutes": 600}, "few_hours"),
        ({"least_minutes": 240}, "by_hand"),
        ({"start": today}, "few_hours"),
        ({"start": today - timedelta(days=30)}, "by_hand"),
    ):
        Round.objects.filter(pk=award.pk).update(**change)
        list_round(award, by=person("officer"))
        assert reasons(award)["二"] == why
    # Whoever stood on each list is the same entry, the others are new ones: on one list they were not.
    now = dict(Entry.objects.values_list("volunteer__user__name", "pk"))
    assert [name for name in now if now[name] == keys[name]] == ["二"]
    assert tick(award, out=[], back=[*now.values(), keys["三"]], by=person("officer")) == Ticked(0, 1, 2)
    assert reasons(award) == {"一": "", "二": "", "三": "few_hours"}


def test_nobody_decides_about_a_list_with_themselves(tenant_a: Any) -> None:
    serve(make_volunteer("officer"))
    second = second_officer()
    award = make_round(by=second)
    with pytest.raises(errors.NotAllowed):
        propose_round(award, by=person("officer"))
    proposed = propose_round(award, by=second)
    with pytest.raises(errors.NotAllowed):
        approve_round(proposed, by=person("officer"))


def test_an_empty_list_cannot_be_proposed(tenant_a: Any) -> None:
    with pytest.raises(errors.NobodyChosen):
        propose_round(make_round(), by=person("officer"))


def test_where_the_tenant_does_without_a_second_person_one_is_enough(tenant_a: Any) -> None:
    no_second_person()
    serve(named("李小梅"))
    award = propose_round(make_round(), by=person("officer"))
    assert (award.state, award.alone) == (R.APPROVED, True)
    run_queued()
    assert Certificate.objects.filter(state="issued").count() == 1


def test_a_returned_round_can_be_changed_a_dropped_one_is_gone(tenant_a: Any) -> None:
    serve(named("李小梅"))
    proposed = propose_round(make_round(), by=person("officer"))
    with pytest.raises(errors.MoveRefused):
        list_round(proposed, by=person("officer"))
    returned = return_round(proposed, by=second_officer(), note="时间写错了")
    assert (returned.state, Notice.objects.get(kind="round_returned").user) == (R.DRAFT, person("officer"))
    dropped = drop_round(returned, by=person("officer"))
    assert (dropped.state, Entry.objects.count()) == (R.DROPPED, 0)
    with pytest.raises(errors.MoveRefused):
        propose_round(dropped, by=person("officer"))


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_who_may_begin_a_round(tenant_a: Any, role: str) -> None:
    if role == "officer":
        assert make_round(by=person(role)).made_by == person(role)
    else:
        with pytest.raises(errors.NotAllowed):
            make_round(by=person(role))


def test_organisations_get_theirs_by_the_projects_they_run(tenant_a: Any) -> None:
    team, small, gone = (make_organisation(name=name) for name in ("大队", "小队", "停用的队"))
    manager = make_membership(organisation=team, role="manager").user
    for body, days in ((team, 3), (small, 1), (gone, 3)):
        project = make_project(organiser=body)
        serve(named(f"{body}甲"), days=days, project=project)
        serve(named(f"{body}乙"), days=days, project=project)
    gone.is_active = False
    gone.save()
    award = make_round(occasion="group", title="2026年度", least_minutes=600)
    assert reasons(award) == {"大队": "", "小队": "few_hours", "停用的队": "inactive"}
    entry = Entry.objects.get(organisation=team)
    assert (entry.minutes, entry.people, entry.days) == (720, 2, 3)

    approved(award)
    run_queued()

    certificate = Certificate.objects.get()
    facts = certificate.facts
    assert (certificate.holder_key, facts.kind, facts.holder_name, facts.holder_masked) == (
        f"organisation:{team.pk}", "group", "大队", "大队",
    )  # fmt: skip
    assert (facts.id_masked, facts.volunteer_number, facts.minutes) == ("", "", 720)
    assert Notice.objects.get(kind="group_certificate").user == manager


def test_the_database_holds_what_the_verbs_promise(tenant_a: Any) -> None:
    serve(named("李小梅"))
    award = approved(make_round())
    issue_round(award.pk)
    rounds, entries = Round.objects.filter(pk=award.pk), Entry.objects.filter(round=award)
    team = make_organisation()
    for rows, wrong in (
        (rounds, {"decided_by": person("officer")}),
        (rounds, {"end": award.start - timedelta(days=1)}),
        (rounds, {"least_minutes": 0}),
        (rounds, {"finished_at": None}),
        (entries, {"certificate": None}),
        (entries, {"organisation": team}),
        (entries, {"state": E.LEFT_OUT}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    copy = Entry.objects.get(round=award)
    copy.pk, copy.certificate, copy.state = None, None, E.CHOSEN
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_another_sites_records_and_rounds_are_not_seen(tenant_a: Any, tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        serve(named("韦青山"))
        make_round()
    assert (Round.objects.count(), reasons(make_round())) == (0, {})


def test_a_list_of_three_costs_what_a_list_of_one_does(tenant_a: Any) -> None:
    from tests.queries import queries_of

    def draft() -> None:
        draft_round(
            by=person("officer"), occasion="campaign", title="x", start=timezone.localdate() - timedelta(days=9),
            end=timezone.localdate(), least_minutes=1, least_days=1,
        )  # fmt: skip

    serve(named("一"))
    one = queries_of(draft)
    serve(named("二"))
    serve(named("三"))
    assert queries_of(draft) == one
