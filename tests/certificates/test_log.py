"""The log of certificates: chained, without gaps and personal data, refused to be changed, and proven whole."""

import hashlib
import json
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django_tenants.utils import tenant_context

from certificates.audit import audit
from certificates.domain import correct_certificate, issue_certificate, write_log
from certificates.enums import Action, Actor, State
from certificates.models import Certificate, LogEntry, LogHead
from tests.factories.certificates import make_facts, make_issued, make_revoked
from tests.volunteers.domain.test_sign_up_races import at_once

ClientFor = Callable[..., Client]


def entries() -> list[LogEntry]:
    return list(LogEntry.objects.order_by("sequence"))


def forged(sql: str, *values: Any) -> None:
    """What somebody with the keys of the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE certificates_logentry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE certificates_loghead DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE certificates_logentry ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE certificates_loghead ENABLE TRIGGER USER")


@pytest.fixture
def history(tenant_a: Any) -> Certificate:
    """Issued, corrected, and the newer one revoked: six entries."""
    old = make_issued()
    new = issue_certificate(correct_certificate(old, make_facts(main_content="上门探访"), requested_by="1").pk)
    make_revoked(new)
    return new


def test_each_entry_is_chained_as_the_documentation_says(history: Certificate) -> None:
    previous = "0" * 64
    for number, entry in enumerate(entries(), start=1):
        content = {
            "account": entry.account,
            "action": entry.action,
            "actor": entry.actor,
            "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "detail": entry.detail,
            "number": entry.number,
            "schema": "yinling.certificate-log/1",
            "sequence": number,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert entry.previous == previous
        assert entry.digest == hashlib.sha256(f"{previous}{text}".encode()).hexdigest()
        previous = entry.digest
    assert LogHead.objects.get().digest == previous


def test_what_happens_stands_in_it_and_no_person_does(history: Certificate) -> None:
    assert [(entry.action, entry.actor, entry.account) for entry in entries()] == [
        (Action.ISSUED, Actor.WORKER, None),
        (Action.SUPERSEDED, Actor.WORKER, None),
        (Action.ISSUED, Actor.WORKER, None),
        (Action.REVOCATION_PROPOSED, Actor.STAFF, 1),
        (Action.REVOKED, Actor.STAFF, 2),
    ]
    text = "".join(entry.canonical for entry in entries())
    assert [word for word in ("欧", "volunteer:1", "冒名", "1201***", "022-", "12010100264471") if word in text] == []
    assert entries()[2].detail == {
        "sha256": history.pdf_sha256, "kind": "record", "replaces": history.replaces.number,
    }  # fmt: skip


def test_details_that_no_action_has_are_refused(tenant_a: Any) -> None:
    with pytest.raises(ValueError, match="name"):
        write_log(Action.DOWNLOADED, number="x", actor=Actor.HOLDER, name="欧阳娜娜")
    assert entries() == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE certificates_logentry SET number = 'x'",
        "DELETE FROM certificates_logentry",
        "TRUNCATE certificates_logentry",
        "UPDATE certificates_loghead SET sequence = 0",
        "DELETE FROM certificates_loghead",
    ],
)
def test_the_database_refuses_to_change_or_shorten_it(history: Certificate, sql: str) -> None:
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_fifty_at_once_leave_neither_gap_nor_fork(committed_a: Any) -> None:
    at_once(committed_a, [lambda: write_log(Action.CHECKED_IN_BULK, actor=Actor.ANYBODY, asked=1, found=1)] * 50)
    assert [entry.sequence for entry in entries()] == list(range(1, 51))
    assert audit().faults == ()


def test_a_rollback_leaves_no_gap(tenant_a: Any) -> None:
    make_issued()
    with transaction.atomic():
        write_log(Action.DOWNLOADED, number="x", actor=Actor.HOLDER)
        transaction.set_rollback(True)
    make_issued(holder_key="volunteer:2")
    assert [entry.sequence for entry in entries()] == [1, 2]
    assert audit().faults == ()


def test_two_sites_have_two_chains(history: Certificate, tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        make_issued()
        assert [entry.sequence for entry in entries()] == [1]
        assert audit().entries == 1


def test_a_whole_log_is_proven_whole(history: Certificate) -> None:
    report = audit()
    assert (report.entries, report.faults) == (5, ())
    assert report.head == str(LogHead.objects.get())


def test_what_was_issued_before_there_was_a_log_begins_it(history: Certificate) -> None:
    make_issued(holder_key="volunteer:2")
    forged("DELETE FROM certificates_logentry; DELETE FROM certificates_loghead")
    import_module("certificates.migrations.0004_log_only_grows").begin(apps, None)
    assert [(entry.action, entry.detail["before_the_log"]) for entry in entries()] == [
        (Action.ISSUED, True),
        (Action.ISSUED, True),
        (Action.ISSUED, True),
        (Action.SUPERSEDED, True),
        (Action.REVOKED, True),
    ]
    write_log(Action.DOWNLOADED, number=history.number, actor=Actor.HOLDER)
    assert audit().faults == ()


BREAKS: dict[str, tuple[str, str]] = {
    "changed": ("UPDATE certificates_logentry SET number = 'x' WHERE sequence = 2", "Entry 2 was changed"),
    "another time": (
        "UPDATE certificates_logentry SET at = at + interval '1 microsecond' WHERE sequence = 4",
        "Entry 4 was changed",
    ),
    "taken out": ("DELETE FROM certificates_logentry WHERE sequence = 3", "Entry 3 is missing"),
    "the last taken away": (
        "DELETE FROM certificates_logentry WHERE sequence = 5",
        "ends at entry 4, but its head says 5",
    ),
    "all taken away": ("DELETE FROM certificates_logentry", "ends at entry 0"),
    "head gone": ("DELETE FROM certificates_loghead", "its head says missing"),
    "exchanged": (
        "UPDATE certificates_logentry SET previous = repeat('1', 64) WHERE sequence = 3",
        "Entry 3 does not follow on entry 2",
    ),
    "a certificate gone": (
        "DELETE FROM certificates_revocation; DELETE FROM certificates_certificate WHERE state = 'revoked'",
        "issued according to the log, but not there",
    ),
    "other bytes": (
        "UPDATE certificates_certificate SET pdf_sha256 = repeat('a', 64) WHERE state = 'superseded'",
        "issued with these bytes, but not in the log",
    ),
    "made valid again": (
        "UPDATE certificates_certificate SET state = 'issued' WHERE state = 'revoked'",
        "revoked according to the log, but counts",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BREAKS)
def test_where_it_breaks_is_said(case: str, history: Certificate) -> None:
    sql, words = BREAKS[case]
    forged(sql)
    faults = audit().faults
    assert any(words in fault for fault in faults), faults


def test_a_certificate_revoked_behind_the_log_is_found(history: Certificate) -> None:
    other = make_issued(holder_key="volunteer:2")
    Certificate.objects.filter(pk=other.pk).update(
        state=State.REVOKED, revoked_reason="x", revoked_ground="misissued", ended_at=other.issued_at
    )
    assert audit().faults == (f"{other.number}: revoked, but not in the log.",)


def test_a_head_that_was_written_down_is_still_passed_through(history: Certificate) -> None:
    head = entries()[2]
    make_issued(holder_key="volunteer:2")
    assert audit(known=(head.sequence, head.digest)).faults == ()
    assert "Entry 3 is another than" in audit(known=(3, "0" * 64)).faults[0]
    assert "Entry 99, which was written down, is not there" in audit(known=(99, "0" * 64)).faults[0]


def verified(*arguments: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("certificate_log", "--verify", *arguments, stdout=out, stderr=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, out.getvalue()


def test_the_command_proves_one_site_or_all(history: Certificate, tenant_b: Any) -> None:
    code, text = verified("--all")
    head = LogHead.objects.get()
    assert code == 0
    assert text.splitlines() == [
        f"天津市和平区 (t_120101): whole, 5 entries, head {head}",
        f"广西壮族自治区南宁市 (t_450100): whole, 0 entries, head 0:{'0' * 64}",
    ]
    forged("UPDATE certificates_logentry SET number = 'x' WHERE sequence = 2")
    assert verified("--tenant", "450100")[0] == 0
    code, text = verified("--all")
    assert code == 1
    assert "天津市和平区 (t_120101): BROKEN after 1 entries" in text
    assert "Entry 2 was changed" in text
    assert verified("--tenant", "120101", "--head", str(head))[0] == 1


def test_the_command_says_what_it_does_not_understand(history: Certificate) -> None:
    for arguments in (["--tenant", "120101", "--head", "x"], ["--all", "--head", "1:x"], ["--tenant", "999999"]):
        with pytest.raises(CommandError):
            call_command("certificate_log", "--verify", *arguments)
