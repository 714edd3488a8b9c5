"""The worker's loop and what is beside it: which commits wait, what is tried again, how it ends without a database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates.enums import State
from search.elastic.companion import Feeder
from tenants import clock, work
from tenants.management.commands import work as command
from tenants.models import Worker
from tests.factories.certificates import make_requested
from tests.waiting import ended, until

OFF = "SET LOCAL synchronous_commit = off"


def _commits(queries: list[dict[str, str]]) -> list[list[str]]:
    """The statements of each transaction that writes; one outside of any is its own."""
    found: list[list[str]] = []
    within = False
    for statement in (query["sql"] for query in queries):
        if statement in ("BEGIN", "COMMIT", "ROLLBACK"):
            within = statement == "BEGIN"
            found += [[]] if within else []
        elif within:
            found[-1].append(statement)
        else:
            found.append([statement])
    return [one for one in found if any(said.startswith(("INSERT", "UPDATE", "DELETE")) for said in one)]


def test_of_a_certificates_four_commits_the_one_that_issues_waits_for_the_disk(committed_a: Any) -> None:
    DBTaskResult.objects.all().delete()
    certificate = make_requested()
    loop = work.Loop(interval=0, worker_id="me")
    with CaptureQueriesContext(connection) as said:
        row = loop._take()
        assert row is not None
        loop.run_task(row)
    assert [OFF in one for one in _commits(said.captured_queries)] == [True, True, False, True]
    certificate.refresh_from_db()
    row.refresh_from_db()
    assert (certificate.state, row.status) == (State.ISSUED, "SUCCESSFUL")


# Done, at the second try ---------------------------------------------------------------------------
@pytest.fixture
def row(committed_a: Any, monkeypatch: pytest.MonkeyPatch) -> DBTaskResult:
    monkeypatch.setattr("django_tasks_db.utils.time.sleep", lambda seconds: None)
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default", run_after=timezone.now(),
        status="RUNNING",
    )  # fmt: skip


def test_what_cannot_be_kept_is_told_by_its_true_cause(row: DBTaskResult) -> None:
    with pytest.raises(TypeError, match="JSON"):
        work._mark_done(row, object())


def test_a_task_is_marked_done_at_the_second_try(row: DBTaskResult, monkeypatch: pytest.MonkeyPatch) -> None:
    save = DBTaskResult.save
    tries: list[int] = []

    def fails_once(self: DBTaskResult, **options: Any) -> None:
        tries.append(1)
        if len(tries) == 1:
            connection.cursor().execute("SELECT 1 / 0")
        save(self, **options)

    monkeypatch.setattr(DBTaskResult, "save", fails_once)
    work._mark_done(row, 5)
    assert (len(tries), DBTaskResult.objects.get(pk=row.pk).return_value) == (2, 5)


# Beside the loop -----------------------------------------------------------------------------------
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("make", [lambda: work.Clockwork("me"), Feeder])
def test_a_connection_past_its_age_is_given_up_between_two_turns(
    make: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    companion = make()
    found: list[Any] = []

    def turn(*_now: Any) -> float:
        found.append(connection.connection)
        connection.ensure_connection()
        connection.close_at = 0.0
        if len(found) == 2:
            companion.stopping.set()
        return 0.0

    monkeypatch.setattr(companion, "turn", turn)
    monkeypatch.setattr(work, "BEAT_SECONDS", 0)
    companion.start()
    ended(companion)
    assert found == [None, None]


class Beside:
    """Knows whether it was stopped, and may fail at that."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails, self.stopped = fails, False

    def start(self) -> None:
        pass

    def stop(self) -> None:
        self.stopped = True
        if self.fails:
            raise RuntimeError("it does not stop")


@pytest.fixture
def work_beside(committed_a: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The command in a thread, with a connection of its own and no functions of the clock."""

    def run() -> None:
        try:
            call_command("work", interval=0)
        finally:
            connection.close()

    def work_beside(*companions: Beside) -> None:
        monkeypatch.setattr(command, "companions", lambda: list(companions))
        with ThreadPoolExecutor(1) as pool:
            pool.submit(run).result()

    monkeypatch.setattr(clock, "_entries", {})
    monkeypatch.setattr(command, "keep_connections", lambda: None)
    return work_beside


def _until_it_beats() -> None:
    until(Worker.objects.exists)


def test_a_worker_whose_connection_died_says_so_and_takes_its_row_away(
    work_beside: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(self: work.Loop) -> None:
        _until_it_beats()
        connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(work.Loop, "_take", cut)
    beside = Beside()
    with pytest.raises(OperationalError, match="terminat"):
        work_beside(beside)
    assert (beside.stopped, Worker.objects.exists()) == (True, False)


def test_a_companion_that_does_not_stop_keeps_no_other_from_it(
    work_beside: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(self: work.Loop) -> None:
        _until_it_beats()
        self.running = False

    monkeypatch.setattr(work.Loop, "_take", end)
    companions = [Beside(), Beside(fails=True), Beside()]
    with pytest.raises(RuntimeError, match="does not stop"):
        work_beside(*companions)
    assert ([one.stopped for one in companions], Worker.objects.exists()) == ([True] * 3, False)


@pytest.mark.usefixtures("db")
def test_a_row_that_cannot_be_taken_away_does_not_hide_why_the_worker_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(**_where: Any) -> Any:
        raise OperationalError("gone")

    clockwork = work.Clockwork("me")
    clockwork.stopping.set()
    clockwork.start()
    monkeypatch.setattr(Worker.objects, "filter", gone)
    clockwork.stop()
    assert not clockwork.is_alive()
