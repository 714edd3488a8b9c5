"""A worker process: it runs tasks, shows that it lives, and keeps the clock."""

import inspect
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog
from django.db import DatabaseError, close_old_connections, connection, connections
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import retry
from django_tenants.utils import schema_context

from tenants.clock import every, run_due
from tenants.health import FRESH
from tenants.models import Worker
from tenants.unhurried import unhurried

BEAT_SECONDS = 10
KEPT_SECONDS = 600
"""How long a connection lives, as in the web server's pool: it learns the catalogue of each site that it works for."""
MOST_STARTS = 3
"""A task whose worker died this often is more likely the cause than the victim."""

log = structlog.get_logger(__name__)


class Companion(Protocol):
    """Something that runs beside the worker's loop as long as the worker does."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


_companions: list[Callable[[], Companion | None]] = []


def beside(make: Callable[[], Companion | None]) -> Callable[[], Companion | None]:
    """Register what makes a companion of each worker, or None where there is nothing to do."""
    _companions.append(make)
    return make


def companions() -> list[Companion]:
    """Those of this worker, not started yet."""
    return [made for make in _companions if (made := make()) is not None]


class Loop(db_worker.Worker):
    """Takes tasks one by one. That one was begun or done need not be on the disk: else it is run once more."""

    def __init__(self, *, interval: float, worker_id: str) -> None:
        """Every queue, forever: `run` knows nothing else."""
        super().__init__(
            queue_names=["*"], interval=interval, batch=False, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=worker_id, excluded_queue_names=[],
        )  # fmt: skip

    def run(self) -> None:
        while self.running:
            close_old_connections()
            self.running_task = True  # told to stop now, it still runs what it has taken
            row = self._take()
            if row is not None:
                self.run_task(row)
            self.running_task = False
            if row is None and self.running:
                time.sleep(self.interval)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        db_task_result.set_successful = partial(_mark_done, db_task_result)  # the library calls it on the row
        super().run_task(db_task_result)

    def _take(self) -> DBTaskResult | None:
        with unhurried():
            row = DBTaskResult.objects.ready().filter(backend_name=self.backend_name).get_locked()
            if row is not None:
                row.claim(self.worker_id)
        return row


@retry()
def _mark_done(row: DBTaskResult, value: Any) -> None:
    """The library's own tries are unwrapped: within one transaction those after the first could only fail."""
    with unhurried():
        inspect.unwrap(DBTaskResult.set_successful)(row, value)


def keep_connections(handler: Any = connections) -> None:
    """Each thread of a worker keeps its connection: to give it back to a pool and take it again costs 5 ms a task.

    It is not asked whether it still lives. A worker whose database has gone shall end: the next one takes up what
    this one had begun.
    """
    handler.close_all()
    for wrapper in handler.all(initialized_only=True):
        wrapper.close_pool()
    options = handler.settings["default"]
    options["OPTIONS"] = {name: value for name, value in options["OPTIONS"].items() if name != "pool"}
    options.update(CONN_MAX_AGE=KEPT_SECONDS, CONN_HEALTH_CHECKS=False)


class Clockwork(threading.Thread):
    """Beats every few seconds and runs what is due, beside the worker's loop, on a connection of its own."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="clockwork", daemon=True)
        self.worker_id = worker_id
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                close_old_connections()
                self.turn(timezone.now())
            except DatabaseError:
                log.exception("clock_without_database")
                connection.close()
            self.stopping.wait(BEAT_SECONDS)
        connection.close()

    def turn(self, now: datetime) -> None:
        """One beat, and the jobs that are due at `now`."""
        beat(self.worker_id, now=now)
        run_due(now=now, between=lambda: beat(self.worker_id, now=timezone.now()))

    def stop(self) -> None:
        """Let the present turn end, then take the worker's row away."""
        self.stopping.set()
        self.join(30)
        try:
            with schema_context("public"):
                Worker.objects.filter(pk=self.worker_id).delete()
        except DatabaseError:  # why the worker ends, more likely than not: that is what shall be told
            log.exception("worker_row_left")


def beat(worker_id: str, *, now: datetime) -> None:
    """Show that this worker lives; one query."""
    with schema_context("public"):
        if not Worker.objects.filter(pk=worker_id).update(beat_at=now):
            Worker.objects.create(worker_id=worker_id, host=socket.gethostname(), started_at=now, beat_at=now)


@every(minutes=1, platform=True)
def recover_tasks(now: datetime) -> None:
    """Tasks whose worker died go back into the queue, or fail when that has happened too often."""
    alive = set(Worker.objects.filter(beat_at__gte=now - FRESH).values_list("pk", flat=True))
    for row in DBTaskResult.objects.running().filter(started_at__lt=now - FRESH):
        if row.worker_ids and row.worker_ids[-1] in alive:
            continue
        if len(row.worker_ids) < MOST_STARTS:
            DBTaskResult.objects.filter(pk=row.pk, status="RUNNING").update(status="READY")
            log.warning("task_recovered", task=row.task_path, id=str(row.pk))
        else:
            row.set_failed(WorkerDied(f"{len(row.worker_ids)} workers died while they ran it"))


def retry_task(row: DBTaskResult) -> bool:
    """Put a failed task back into the queue; False when it has not failed."""
    return bool(
        DBTaskResult.objects.filter(pk=row.pk, status="FAILED").update(
            status="READY",
            run_after=timezone.now(),
            started_at=None,
            finished_at=None,
            worker_ids=[],
            exception_class_path="",
            traceback="",
        )
    )


class WorkerDied(Exception):
    """The process that ran the task ended without a word."""
