"""An approved round is issued, once for each, to whoever still deserves it then."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from certificates.models import Certificate
from portal.accounts.models import User
from portal.honours.domain import (
    approve_round,
    errors,
    issuing,
    propose_round,
)
from portal.honours.domain.issuing import issue_round
from portal.honours.enums import EntryState, RoundState
from portal.honours.models import Entry, Round
from portal.notices.models import Notice
from portal.organisations.models import Organisation
from portal.volunteers.domain.certify import holder_key
from portal.volunteers.domain.records import void_record
from portal.volunteers.models import Volunteer
from tests.cast import person
from tests.factories.honours import make_round, second_officer, serve
from tests.factories.people import make_organisation
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


def test_a_campaign_is_proposed_approved_and_issued_once_for_each(tenant_a: Any) -> None:
    people = [named(f"志愿者{number}") for number in range(3)]
    for one in people:
        serve(one, days=2)
    award = make_round()
    proposed = propose_round(award, by=person("officer"))
    second = second_officer()
    with pytest.raises(errors.NotAllowed):
        approve_round(proposed, by=person("officer"))
    assert approve_round(proposed, by=second).state == R.APPROVED
    assert Certificate.objects.count() == 0

    run_queued()

    award.refresh_from_db()
    assert (award.state, Certificate.objects.filter(state="issued").count()) == (R.DONE, 3)
    held = {certificate.holder_key: certificate for certificate in Certificate.objects.all()}
    assert set(held) == {holder_key(one) for one in people}
    facts = held[holder_key(people[0])].facts
    assert facts.honour is not None
    assert (facts.kind, facts.honour.occasion, facts.minutes) == ("honour", "campaign", 240)
    assert "2026年敬老月" in facts.honour.text
    assert {notice.user for notice in Notice.objects.filter(kind="round_done")} == {person("officer"), second}

    issue_round(award.pk)  # the task arrives once more
    assert Certificate.objects.count() == 3


def test_a_student_week_says_so(tenant_a: Any) -> None:
    serve(named("李小梅"), days=5)
    award = approved(make_round(occasion="student_week", title="青春益志·情暖夕阳", least_minutes=600, least_days=5))
    issue_round(award.pk)
    facts = Certificate.objects.get().facts
    assert facts.honour is not None
    assert (facts.honour.occasion, facts.honour.heading) == ("student_week", "大学生假期志愿服务证书")
    assert "青春益志·情暖夕阳" in facts.honour.text


def test_records_voided_after_the_proposal_leave_their_person_out(tenant_a: Any) -> None:
    stays, falls = named("留下"), named("落选")
    serve(stays, days=2)
    (record, _other) = serve(falls, days=2)
    award = approved(make_round(least_minutes=240))
    void_record(record, by=person("officer"), why="重复记录")

    issue_round(award.pk)

    assert reasons(award) == {"留下": "", "落选": "few_hours"}
    fallen = Entry.objects.get(why="few_hours")
    assert (fallen.fell_out, fallen.minutes, Certificate.objects.count()) == (True, 120, 1)
    assert "有1个在批准后不再符合条件" in Notice.objects.filter(kind="round_done")[0].body


def test_records_voided_after_the_award_are_told_for_persons_and_organisations(tenant_a: Any) -> None:
    project = make_project(organiser=make_organisation(name="大队"))
    (record,) = serve(named("李小梅"), project=project)
    for award in (make_round(), make_round(occasion="group")):
        approved(award)
    run_queued()
    void_record(record, by=person("officer"), why="重复记录")
    numbers = {notice.subject.split("：")[1] for notice in Notice.objects.filter(kind="honour_doubted")}
    assert numbers == set(Certificate.objects.values_list("number", flat=True))


def test_records_voided_before_the_sheet_is_made_leave_their_holder_out_or_are_not_on_it(tenant_a: Any) -> None:
    project = make_project(organiser=make_organisation(name="大队"))
    (less, _first), (gone, _second) = (serve(named(name), days=2, project=project) for name in ("还够", "不够了"))
    serve(Volunteer.objects.get(user__name="还够"), project=project, ago=5)
    rounds = [make_round(least_minutes=240), make_round(occasion="group", least_minutes=480)]
    for award in rounds:
        issue_round(approved(award).pk)
    for record in (less, gone):
        void_record(record, by=person("officer"), why="重复记录")

    run_queued()

    assert [reasons(award) for award in rounds] == [{"还够": "", "不够了": "few_hours"}, {"大队": "few_hours"}]
    issued = Certificate.objects.get(state="issued")
    assert (issued.facts.minutes, Entry.objects.get(certificate=issued).minutes) == (240, 240)
    assert Certificate.objects.filter(state="dropped").count() == 3
    assert {entry.fell_out for entry in Entry.objects.filter(state=E.LEFT_OUT)} == {True}
    told = Notice.objects.order_by("user__name").values_list("kind", "user__name")
    assert list(told.filter(kind="certificate_dropped")) == [
        ("certificate_dropped", "不够了"), ("certificate_dropped", "还够"),
    ]  # fmt: skip
    assert [told.filter(kind=kind).count() for kind in ("honour_dropped", "honour_doubted")] == [4, 0]


def test_whoever_may_hold_no_honour_any_more_gets_no_sheet(tenant_a: Any) -> None:
    """The account closed, the team out of use, a minor without the guardian's consent: since the number was taken."""
    group = make_organisation(name="大队")
    people = [named(name) for name in ("停用了", "未成年", "留下")]
    for one in people:
        serve(one, project=make_project(organiser=group))
    rounds = [make_round(), make_round(occasion="group")]
    for award in rounds:
        issue_round(approved(award).pk)
    User.objects.filter(pk=people[0].user_id).update(is_active=False)
    people[1].birth_date = (timezone.localdate() - timedelta(days=12 * 366)).isoformat()
    people[1].save()
    Organisation.objects.filter(pk=group.pk).update(is_active=False)

    run_queued()

    assert [reasons(award) for award in rounds] == [
        {"停用了": "closed", "未成年": "no_guardian", "留下": ""}, {"大队": "inactive"},
    ]  # fmt: skip
    assert Certificate.objects.get(state="issued").holder_key == holder_key(people[2])
    dropped = Certificate.objects.filter(state="dropped").order_by("pk").values_list("outdated_reason", flat=True)
    assert list(dropped) == ["账号停用了", "发现还差监护人同意", "组织停用了"]
    assert {entry.fell_out for entry in Entry.objects.filter(state=E.LEFT_OUT)} == {True}
    told = Notice.objects.filter(kind="honour_dropped", user=second_officer()).order_by("pk")
    assert [one.body.split("原因：")[1] for one in told] == ["账号已停用", "未成年，还差监护人同意", "组织已停用"]


def test_what_cannot_be_printed_is_left_out_by_name_and_stops_nobody(tenant_a: Any) -> None:
    serve(named("王𲎯"))
    serve(named("李小梅"))
    award = approved(make_round())
    issue_round(award.pk)
    odd = Entry.objects.get(why="unprintable")
    assert ("𲎯" in odd.note, Certificate.objects.count()) == (True, 1)


def test_what_cannot_be_printed_any_more_is_told_in_each_language(tenant_a: Any) -> None:
    one = named("李小梅")
    (record, _other) = serve(one, days=2)
    issue_round(approved(make_round()).pk)
    void_record(record, by=person("officer"), why="重复记录")
    one.user.name = "王𲎯"
    one.user.save()

    run_queued()

    assert "𲎯" in Entry.objects.get(why="unprintable").note  # read by officers, on the list
    for told in Notice.objects.filter(kind__in=["honour_dropped", "certificate_dropped"]):
        ends = (told.body.endswith("：证书印不出来"), told.translations["en"]["body"].endswith(": Cannot be printed"))
        assert ends == (True, True)


def test_the_same_again_gives_no_second_certificate(tenant_a: Any) -> None:
    serve(named("李小梅"))
    for _ in range(2):
        issue_round(approved(make_round()).pk)
    assert (Certificate.objects.count(), Entry.objects.filter(why="already").count()) == (1, 1)


def test_what_fails_at_one_person_stops_nobody_else_and_is_tried_again(
    tenant_a: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("一", "二", "三"):
        serve(named(name))
    award = approved(make_round())
    real, first = issuing.facts.person_facts, Entry.objects.order_by("pk")[0]

    def failing(award: Round, volunteer: Volunteer, records: Any) -> Any:
        if volunteer == first.volunteer:
            raise RuntimeError("印不了")
        return real(award, volunteer, records)

    monkeypatch.setattr(issuing.facts, "person_facts", failing)
    with pytest.raises(RuntimeError):
        issue_round(award.pk)
    award.refresh_from_db()
    assert (award.state, Certificate.objects.count()) == (R.APPROVED, 2)
    assert Entry.objects.get(state=E.CHOSEN) == first

    monkeypatch.undo()
    issue_round(award.pk)
    award.refresh_from_db()
    assert (award.state, Certificate.objects.count()) == (R.DONE, 3)
