"""Officers, volunteers and workers at the same moment, with real threads and real commits."""

from collections import Counter
from functools import partial
from threading import Event, Thread
from typing import Any

from django.db import connections, transaction
from django_tenants.utils import tenant_context

from certificates.domain import issue_certificate
from certificates.models import Certificate, NumberSequence
from portal.honours.domain import apply_for_star, approve_round, award_star, propose_round, propose_star
from portal.honours.domain.errors import NotReached
from portal.honours.domain.issuing import issue_round
from portal.honours.models import Entry, StarApplication
from portal.notices.models import Notice
from portal.volunteers.domain.records import void_record
from tests.cast import person
from tests.factories.honours import (
    few_hours_a_star,
    make_due,
    make_proposed,
    make_round,
    no_second_person,
    second_officer,
    serve,
)
from tests.factories.people import make_user
from tests.factories.volunteers import make_volunteer
from tests.volunteers.domain.test_sign_up_races import at_once
from tests.waiting import HANGS, ended, until_it_waits


def test_two_officers_approve_one_star_at_once(committed_a: Any) -> None:
    proposed = make_proposed()
    officers = [second_officer(), make_user("officer")]
    copies = [StarApplication.objects.get(pk=proposed.pk) for _ in officers]
    done = at_once(committed_a, [partial(award_star, copy, by=who) for copy, who in zip(copies, officers, strict=True)])
    assert sorted(type(one).__name__ for one in done) == ["StarApplication", "str"]
    assert (Certificate.objects.count(), NumberSequence.objects.get().last) == (1, 1)


def test_one_volunteer_applies_five_times_at_once(committed_a: Any) -> None:
    few_hours_a_star()
    volunteer = make_volunteer()
    serve(volunteer)
    ask = partial(apply_for_star, volunteer, level=1, publicity_consent=True)
    done = at_once(committed_a, [ask] * 5)
    assert (done.count("AlreadyHeld"), StarApplication.objects.count()) == (4, 1)


def test_two_officers_approve_one_round_and_two_workers_issue_it(committed_a: Any) -> None:
    people = [make_volunteer(name=f"志愿者{number}") for number in range(6)]
    for one in people:
        serve(one)
    proposed = propose_round(make_round(), by=person("officer"))
    officers = [second_officer(), make_user("officer")]
    done = at_once(committed_a, [partial(approve_round, proposed, by=who) for who in officers])
    assert Counter(type(one).__name__ for one in done) == {"Round": 1, "str": 1}

    at_once(committed_a, [partial(issue_round, proposed.pk)] * 3)

    assert (Entry.objects.filter(state="issued").count(), Certificate.objects.count()) == (6, 6)
    assert NumberSequence.objects.get().last == 6
    proposed.refresh_from_db()
    assert proposed.state == "done"


def test_a_record_voided_in_the_same_moment_is_seen_by_the_award_that_waits_for_it(committed_a: Any) -> None:
    """The record is held by who takes it away; the award waits and then finds too few hours."""
    no_second_person()
    due = make_due(days=2, level=2)
    record = due.volunteer.records.order_by("date", "pk").first()
    held, go, found = Event(), Event(), []

    def take_away() -> None:
        with tenant_context(committed_a), transaction.atomic():
            void_record(record, by=second_officer(), why="重复记录")
            held.set()
            go.wait(HANGS)
        connections.close_all()

    def award() -> None:
        with tenant_context(committed_a):
            try:
                propose_star(due, by=person("officer"))
            except NotReached as refusal:
                found.append(refusal)
        connections.close_all()

    second_officer()
    first, second = Thread(target=take_away), Thread(target=award)
    first.start()
    assert held.wait(HANGS)
    second.start()
    until_it_waits(second)
    go.set()
    ended(first, second)
    assert (len(found), Certificate.objects.count()) == (1, 0)


def test_a_record_voided_while_its_honour_is_issued_drops_it_or_is_told(committed_a: Any) -> None:
    second_officer()
    for _ in range(4):
        (record,) = serve(make_volunteer())
        award = approve_round(propose_round(make_round(), by=person("officer")), by=second_officer())
        issue_round(award.pk)
        asked = Certificate.objects.get(state="requested")
        void = partial(void_record, record, by=person("officer"), why="重复记录")
        at_once(committed_a, [partial(issue_certificate, asked.pk), void])
        state, entry = Certificate.objects.get(pk=asked.pk).state, Entry.objects.get(round=award)
        doubts = Notice.objects.filter(kind="honour_doubted", subject__endswith=asked.number).count()
        assert (state, entry.why, entry.certificate_id, doubts) in [
            ("dropped", "few_hours", None, 0), ("issued", "", asked.pk, 1),
        ]  # fmt: skip
