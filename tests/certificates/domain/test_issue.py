"""A certificate is issued once, or not at all; what failed is seen and tried again."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from certificates.domain import correct_certificate, issue_certificate, retry_certificate
from certificates.domain.issue import MOST_ATTEMPTS
from certificates.enums import Progress, State
from certificates.models import Certificate
from certificates.rendering import press
from certificates.signals import certificate_ended, certificate_failed, certificate_issued
from tests.factories.certificates import make_facts, make_issued, make_requested, make_revoked
from tests.tasks import run_queued


@pytest.fixture
def told() -> Any:
    """(signal, number) of everything that is sent."""
    heard: list[tuple[str, str]] = []
    receivers = []
    for name, signal in (("issued", certificate_issued), ("failed", certificate_failed), ("ended", certificate_ended)):

        def hear(certificate: Certificate, name: str = name, **_: Any) -> None:
            heard.append((name, certificate.number))

        signal.connect(hear)
        receivers.append((signal, hear))
    yield heard
    for signal, hear in receivers:
        signal.disconnect(hear)


def _break_printing(monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    real, left = press.print_certificate, [times]

    def flaky(*args: Any) -> bytes:
        if left[0]:
            left[0] -= 1
            raise OSError(f"王小明 {args}")
        return real(*args)

    monkeypatch.setattr(press, "print_certificate", flaky)


def test_the_row_states_what_is_stored(tenant_a: Any, private_folder: Path, told: Any) -> None:
    certificate = make_issued()
    (stored,) = private_folder.rglob("*.pdf")
    data = stored.read_bytes()
    assert (certificate.state, certificate.progress) == (State.ISSUED, Progress.DONE)
    assert (certificate.pdf_sha256, certificate.pdf_size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert stored.relative_to(private_folder) == Path(tenant_a.schema_name, certificate.pdf_name)
    assert certificate.template_version.startswith("record-")
    assert certificate.software_version.startswith("WeasyPrint ")
    assert len(certificate.font_set) == 64
    assert told == [("issued", certificate.number)]


def test_issuing_again_changes_nothing(tenant_a: Any, private_folder: Path, told: Any) -> None:
    certificate = make_issued()
    again = issue_certificate(certificate.pk)
    assert (again.issued_at, again.attempts) == (certificate.issued_at, 1)
    assert len(list(private_folder.rglob("*.pdf"))) == 1
    assert len(told) == 1


def test_a_worker_that_fails_twice_leaves_one_pdf(
    tenant_a: Any, private_folder: Path, monkeypatch: pytest.MonkeyPatch, told: Any
) -> None:
    _break_printing(monkeypatch, times=2)
    certificate = make_requested()
    runs = run_queued(also_later=True)
    certificate.refresh_from_db()
    assert [str(run.status) for run in runs if run.task_path.endswith("print_pdf")] == [
        "FAILED",
        "FAILED",
        "SUCCESSFUL",
    ]
    assert (certificate.state, certificate.attempts, certificate.failure) == (State.ISSUED, 3, "")
    assert len(list(private_folder.rglob("*.pdf"))) == 1
    assert told == [("issued", certificate.number)]


def test_progress_is_seen_at_every_step(tenant_a: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_requested()
    seen = [certificate.progress]
    real = press.print_certificate

    def look(*args: Any) -> bytes:
        certificate.refresh_from_db()
        seen.append(certificate.progress)
        raise OSError("out of paper")

    monkeypatch.setattr(press, "print_certificate", look)
    with pytest.raises(OSError, match="out of paper"):
        issue_certificate(certificate.pk)
    certificate.refresh_from_db()
    seen.append(certificate.progress)
    monkeypatch.setattr(press, "print_certificate", real)
    seen.append(issue_certificate(certificate.pk).progress)
    assert seen == [Progress.QUEUED, Progress.PRINTING, Progress.RETRYING, Progress.DONE]


def test_when_no_attempt_is_left_somebody_is_told_and_can_begin_again(
    tenant_a: Any, monkeypatch: pytest.MonkeyPatch, told: Any
) -> None:
    _break_printing(monkeypatch, times=MOST_ATTEMPTS)
    certificate = make_requested()
    run_queued(also_later=True)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.progress, certificate.failure) == (
        State.REQUESTED,
        Progress.FAILED,
        "OSError",  # the kind alone: the message names a person
    )
    assert told == [("failed", certificate.number)]

    retry_certificate(certificate)
    run_queued()
    certificate.refresh_from_db()
    assert (certificate.state, certificate.progress) == (State.ISSUED, Progress.DONE)


def test_a_correction_ends_the_old_one_at_the_moment_the_new_one_counts(tenant_a: Any, told: Any) -> None:
    old = make_issued()
    new = correct_certificate(old, make_facts(main_content="上门探访"), requested_by="officer")
    old.refresh_from_db()
    assert old.state == State.ISSUED

    issue_certificate(new.pk)
    old.refresh_from_db()
    assert (old.state, old.ended_at is not None) == (State.SUPERSEDED, True)
    assert told == [("issued", old.number), ("ended", old.number), ("issued", new.number)]


def test_what_was_revoked_while_it_waited_is_never_printed(tenant_a: Any, private_folder: Path) -> None:
    certificate = make_requested()
    make_revoked(certificate)
    run_queued()
    certificate.refresh_from_db()
    assert (certificate.state, list(private_folder.rglob("*.pdf"))) == (State.REVOKED, [])


def test_an_old_one_revoked_during_its_correction_stays_revoked_and_nothing_takes_its_place(tenant_a: Any) -> None:
    old = make_issued()
    new = correct_certificate(old, make_facts(main_content="上门探访"), requested_by="1")
    make_revoked(old)
    dropped = issue_certificate(new.pk)
    old.refresh_from_db()
    assert (old.state, dropped.state, dropped.replaces, dropped.outdated_reason) == (
        State.REVOKED, State.DROPPED, None, "原来的证书撤销了",
    )  # fmt: skip
