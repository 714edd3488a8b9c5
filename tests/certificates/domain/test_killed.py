"""Workers that are really killed, at every step: a certificate is issued once, or not at all, and no number is lost."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context

from certificates.audit import audit
from certificates.domain import issue, remove_leftovers
from certificates.domain.leftovers import AGE
from certificates.download import pdf_bytes
from certificates.enums import Action, State
from certificates.models import Certificate, LogEntry, NumberSequence
from certificates.rendering import press
from certificates.storage import CertificateStorage
from certificates.tasks import tidy_up
from tenants.health import FRESH
from tenants.work import recover_tasks
from tests.factories.certificates import make_issued, make_key, make_requested
from tests.killing import killed_after, killed_before
from tests.tasks import run_queued

ISSUE = "certificates.domain.issue"
STORAGE = "certificates.storage.CertificateStorage"

#: Where a worker dies, and what a real function does before that, if anything; whether it had issued by then.
STEPS: dict[str, tuple[str, Any, bool]] = {
    "before it prints": ("certificates.rendering.press.print_certificate", None, False),
    "after it printed": ("certificates.rendering.press.print_certificate", press.print_certificate, False),
    "after it sealed": (f"{ISSUE}.put_seal", issue.put_seal, False),
    "before it stores": (f"{STORAGE}._save", None, False),
    "with half of the file stored": ("pathlib.Path.replace", None, False),
    "after it stored": (f"{STORAGE}._save", CertificateStorage._save, False),
    "after the row moved": (f"{ISSUE}.move", issue.move, False),
    "after the log was written": (f"{ISSUE}.write_log", issue.write_log, False),
    "after it issued": ("certificates.tasks.issue_certificate", issue.issue_certificate, True),
    "before the task is done": ("django_tasks_db.models.DBTaskResult.set_successful", None, True),
}


def recover() -> None:
    """What the next worker does when the one before has not been seen for a while."""
    recover_tasks(timezone.now() + 2 * FRESH)
    run_queued()


def age(folder: Path) -> None:
    """Everything that is stored now is older than a day."""
    old = (timezone.now() - AGE - timedelta(minutes=1)).timestamp()
    for file in folder.rglob("*"):
        if file.is_file():
            os.utime(file, (old, old))


def stored(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_killed_anywhere_it_is_issued_once_and_nothing_stays_behind(committed_a: Any, private_folder: Path) -> None:
    make_key()
    folder = private_folder / committed_a.schema_name
    for number, (step, (target, real, issued)) in enumerate(STEPS.items(), start=1):
        certificate = make_requested(main_content=step, holder_key=f"volunteer:{number}")
        died = killed_after(target, real, run_queued) if real else killed_before(target, run_queued)
        certificate.refresh_from_db()
        assert (step, died, certificate.state == State.ISSUED) == (step, True, issued)

        recover()
        certificate.refresh_from_db()
        assert (step, certificate.state, certificate.sequence) == (step, State.ISSUED, number)
        assert hashlib.sha256(pdf_bytes(certificate)).hexdigest() == certificate.pdf_sha256
    entries = LogEntry.objects.filter(action=Action.ISSUED).order_by("sequence").values_list("number", flat=True)
    issued_once = list(Certificate.objects.order_by("sequence").values_list("number", flat=True))
    assert (list(entries), audit().faults) == (issued_once, ())
    assert NumberSequence.objects.get().last == len(STEPS)
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()

    left = set(stored(folder)) - {row.pdf_name for row in Certificate.objects.all()}
    assert len(left) == 4  # one of them the half
    age(folder)
    assert remove_leftovers(now=timezone.now()) == 4
    assert stored(folder) == sorted(row.pdf_name for row in Certificate.objects.all())


def test_killed_while_it_is_asked_for_the_number_goes_to_the_next(committed_a: Any) -> None:
    def ask() -> None:
        with transaction.atomic():
            make_requested()

    waiting = DBTaskResult.objects.count()
    assert killed_before("certificates.domain.request._queue", ask)
    assert (Certificate.objects.count(), DBTaskResult.objects.count()) == (0, waiting)
    assert make_requested().sequence == 1


def test_what_is_young_named_or_no_sheet_stays_and_every_site_tidies_up_its_own(
    tenant_a: Any, tenant_b: Any, private_folder: Path
) -> None:
    folder = private_folder / tenant_a.schema_name
    kept = make_issued()
    lost = "ab/" + "ab" * 32 + ".pdf"
    others = ["bundles/0123456789abcdef01.zip", "ab/notes.txt", "designs/" + "ab" * 32 + ".pdf"]
    for root in (folder, private_folder / tenant_b.schema_name):
        for name in (lost, *others):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"%PDF-")
    assert remove_leftovers(now=timezone.now()) == 0

    age(private_folder)
    tidy_up.enqueue()
    run_queued()
    assert stored(folder) == sorted([kept.pdf_name, *others])
    assert lost in stored(private_folder / tenant_b.schema_name)
    with tenant_context(tenant_b):
        assert remove_leftovers(now=timezone.now()) == 1


@pytest.mark.parametrize("refreshed", [True, False])
def test_a_sheet_that_is_stored_again_meanwhile_is_not_taken_away(
    tenant_a: Any, private_folder: Path, monkeypatch: pytest.MonkeyPatch, refreshed: bool
) -> None:
    folder, name = private_folder / tenant_a.schema_name, "ab/" + "ab" * 32 + ".pdf"
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-")
    age(folder)
    held = transaction.atomic

    def again(*args: Any, **values: Any) -> Any:
        if refreshed:
            path.write_bytes(b"%PDF-")
        return held(*args, **values)

    monkeypatch.setattr("certificates.domain.leftovers.transaction.atomic", again)
    assert remove_leftovers(now=timezone.now()) == (0 if refreshed else 1)
