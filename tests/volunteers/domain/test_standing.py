"""Records that change between the request and the sheet: nothing is issued that is no longer true."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone, translation
from django_tenants.utils import tenant_context

from certificates.domain import issue_certificate
from certificates.enums import Action, State
from certificates.models import Certificate, LogEntry
from certificates.rendering import press
from portal.core.days import long_day
from portal.core.models import RuleSettings
from portal.notices.models import Notice
from portal.projects.models import Project
from portal.volunteers.domain.certify import ask_for_certificate, renew_certificate
from portal.volunteers.domain.correct import correct_person
from portal.volunteers.domain.records import correct_record, dispute_record, void_record
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import RecordState
from portal.volunteers.models import CertificateRequest, ServiceRecord, Volunteer
from tests.cast import person
from tests.factories.certificates import make_revoked
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.tasks import run_queued
from tests.volunteers.domain.test_sign_up_races import at_once


def everything() -> Scope:
    today = timezone.localdate()
    return Scope(start=today - timedelta(days=30), end=today)


def serve(volunteer: Volunteer, *, days: int) -> ServiceRecord:
    day = timezone.localdate() - timedelta(days=days)
    return make_record(volunteer, past_shift(), state=RecordState.CONFIRMED, date=day)


def change(record: ServiceRecord, how: str) -> None:
    officer = person("officer")
    if how == "disputed":
        dispute_record(record, by=record.volunteer.user, reason="那天是别人")
    elif how == "corrected":
        dispute_record(record, by=record.volunteer.user, reason="不是两小时")
        correct_record(record, minutes=60, by=officer, why="点错")
    elif how == "voided":
        void_record(record, by=officer, why="没有来")
    else:
        Project.objects.filter(pk=record.project_id).update(is_paid=True)


@pytest.mark.parametrize("how", ["disputed", "corrected", "voided", "paid"])
def test_what_changed_before_the_sheet_was_made_is_asked_for_anew_without_it(tenant_a: Any, how: str) -> None:
    volunteer = make_volunteer(name="李小梅")
    kept, changed = serve(volunteer, days=4), serve(volunteer, days=2)
    asked = ask_for_certificate(volunteer, everything())
    change(changed, how)

    run_queued()

    asked.refresh_from_db()
    again = Certificate.objects.exclude(pk=asked.pk).get()
    assert (asked.state, asked.pdf_sha256, again.state) == (State.DROPPED, "", State.ISSUED)
    assert [row.day for row in again.facts.rows] == [kept.date]
    assert (again.sequence, again.requested_by) == (asked.sequence + 1, asked.requested_by)
    notice = Notice.objects.get(kind="certificate_dropped")
    assert notice.user == volunteer.user
    for language, text in (("zh-hans", notice.body), ("en", notice.translations["en"]["body"])):
        with translation.override(language):
            assert [part in text for part in (long_day(changed.date), again.number)] == [True, True]
    assert Notice.objects.filter(kind="certificate_outdated").count() == 0
    logged = LogEntry.objects.order_by("sequence").values_list("action", "number")
    assert list(logged) == [(Action.DROPPED, asked.number), (Action.ISSUED, again.number)]


def test_with_nothing_left_its_holder_is_told_why_not(tenant_a: Any) -> None:
    volunteer = make_volunteer(name="李小梅")
    record = serve(volunteer, days=2)
    asked = ask_for_certificate(volunteer, everything())
    change(record, "disputed")
    run_queued()
    assert Certificate.objects.get().state == State.DROPPED
    assert "没有重新办理：这段时间里没有已确认的服务记录" in Notice.objects.get(kind="certificate_dropped").body
    assert issue_certificate(asked.pk).state == State.DROPPED


def test_what_was_confirmed_meanwhile_makes_nothing_untrue(tenant_a: Any) -> None:
    volunteer = make_volunteer(name="李小梅")
    serve(volunteer, days=4)
    asked = ask_for_certificate(volunteer, everything())
    serve(volunteer, days=2)
    run_queued()
    assert Certificate.objects.get() == asked
    assert Certificate.objects.get().state == State.ISSUED


def test_a_corrected_name_is_not_issued_as_it_was(tenant_a: Any) -> None:
    volunteer = make_volunteer(name="李小妹")
    serve(volunteer, days=4)
    ask_for_certificate(volunteer, everything())
    correct_person(volunteer, by=person("officer"), why="登记时写错", name="李小梅")
    run_queued()
    issued = Certificate.objects.get(state=State.ISSUED)
    assert issued.facts.holder_name == "李小梅"
    assert "姓名更正过" in Notice.objects.get(kind="certificate_dropped").body


def test_a_correction_that_is_dropped_leaves_the_old_one_free_for_the_next(tenant_a: Any) -> None:
    volunteer = make_volunteer(name="李小梅")
    serve(volunteer, days=6)
    old = ask_for_certificate(volunteer, everything())
    run_queued()
    later = serve(volunteer, days=4)
    serve(volunteer, days=2)
    renewal = renew_certificate(old, by=volunteer.user)
    change(later, "voided")
    run_queued()
    newest = Certificate.objects.get(replaces=old)
    renewal.refresh_from_db()
    old.refresh_from_db()
    assert (renewal.state, old.state, newest.state) == (State.DROPPED, State.SUPERSEDED, State.ISSUED)
    assert len(newest.facts.rows) == 2


@pytest.mark.parametrize("second_person", [False, True])
def test_a_sheet_revoked_while_the_next_is_on_the_press_has_no_successor(
    committed_a: Any, monkeypatch: pytest.MonkeyPatch, second_person: bool
) -> None:
    """Nor is it asked for anew; whoever asks again gets one that stands for itself."""
    volunteer = make_volunteer(name="李小梅")
    serve(volunteer, days=4)
    old = ask_for_certificate(volunteer, everything())
    issue_certificate(old.pk)
    serve(volunteer, days=2)
    new = renew_certificate(old, by=volunteer.user)
    RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_second_person": second_person})
    real = press.print_certificate

    def while_printing(*args: Any) -> bytes:
        elsewhere(committed_a, partial(make_revoked, Certificate.objects.get(pk=old.pk)))
        return real(*args)

    monkeypatch.setattr(press, "print_certificate", while_printing)
    assert issue_certificate(new.pk).state == State.DROPPED
    monkeypatch.undo()
    states = list(Certificate.objects.order_by("pk").values_list("state", flat=True))
    assert (states, CertificateRequest.objects.count()) == ([State.REVOKED, State.DROPPED], 0)
    assert "先前申请的换发随原来的证书一起停办" in Notice.objects.get(kind="certificate_dropped").body
    again = ask_for_certificate(volunteer, everything())
    assert (issue_certificate(again.pk).state, again.replaces, len(again.facts.rows)) == (State.ISSUED, None, 2)


def elsewhere(tenant: Any, act: Any) -> None:
    """In a thread with a connection of its own, to its commit."""

    def go() -> None:
        with tenant_context(tenant):
            try:
                act()
            finally:
                connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(go).result()


def test_a_record_voided_while_the_sheet_is_on_the_press(committed_a: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    volunteer = make_volunteer(name="李小梅")
    serve(volunteer, days=4)
    record = serve(volunteer, days=2)
    asked = ask_for_certificate(volunteer, everything())
    real = press.print_certificate

    def while_printing(*args: Any) -> bytes:
        monkeypatch.setattr(press, "print_certificate", real)
        elsewhere(committed_a, partial(change, record, "voided"))
        return real(*args)

    monkeypatch.setattr(press, "print_certificate", while_printing)
    assert issue_certificate(asked.pk).state == State.DROPPED
    assert len(Certificate.objects.get(state=State.REQUESTED).facts.rows) == 1


def test_issued_and_changed_at_once_it_is_dropped_or_marked(committed_a: Any) -> None:
    for _ in range(6):
        volunteer = make_volunteer(name="李小梅")
        record = serve(volunteer, days=2)
        asked = ask_for_certificate(volunteer, everything())
        at_once(committed_a, [partial(issue_certificate, asked.pk), partial(change, record, "voided")])
        asked.refresh_from_db()
        assert asked.state == State.DROPPED or (asked.state == State.ISSUED and asked.needs_replacing)
