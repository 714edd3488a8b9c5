"""The worker and its clock: once in each open tenant, whatever fails; dead workers' tasks come back."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as live
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import ConnectionHandler
from django.test import Client
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context
from wagtail.models import Page, Site

from tenants import clock, health, publishing, work
from tenants.clock import every, run_due
from tenants.domain import pause_tenant
from tenants.models import ClockJob, Tenant, Worker
from tenants.unhurried import unhurried
from tests.waiting import HANGS, until

NOON = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No functions but the test's own."""
    monkeypatch.setattr(clock, "_entries", {})
    return []


@pytest.mark.usefixtures("tenant_a")
def test_a_function_runs_in_every_open_tenant_when_its_time_has_come(entries: list[str], tenant_b: Any) -> None:
    every(minutes=5)(lambda now: entries.append(connection.schema_name))
    assert len(run_due(now=NOON)) == 1
    assert run_due(now=NOON + timedelta(minutes=1)) == []
    assert entries == ["t_120101", "t_450100"]
    pause_tenant(tenant_b, reason="")
    run_due(now=NOON + timedelta(minutes=5))
    assert entries == ["t_120101", "t_450100", "t_120101"]


@pytest.mark.usefixtures("tenant_a", "tenant_b")
def test_what_fails_in_one_tenant_is_recorded_and_runs_in_the_others(entries: list[str]) -> None:
    @every(minutes=1)
    def fails_in_the_first(now: datetime) -> None:
        if connection.schema_name == "t_120101":
            raise ValueError("no paper")
        entries.append(connection.schema_name)

    run_due(now=NOON)
    assert entries == ["t_450100"]
    assert ClockJob.objects.get().error == "t_120101: ValueError: no paper"
    assert connection.schema_name == "t_120101"


@pytest.mark.usefixtures("db")
def test_the_platforms_functions_run_once_and_between_two_workers_only_one_runs_them(entries: list[str]) -> None:
    every(minutes=1, platform=True)(lambda now: entries.append(connection.schema_name))
    run_due(now=NOON)
    run_due(now=NOON + timedelta(seconds=3))  # the other worker
    assert entries == ["public"]


def test_scheduled_pages_go_live_and_expire_in_their_own_tenant(tenant_a: Any, tenant_b: Any) -> None:
    past = NOON - timedelta(days=400)  # Wagtail asks the real clock
    with tenant_context(tenant_b):
        root = Site.objects.get(is_default_site=True).root_page
        page = root.add_child(instance=Page(title="明天", slug="soon", live=False, go_live_at=past))
        page.save_revision(approved_go_live_at=past)
        old = root.add_child(instance=Page(title="昨天", slug="old", expire_at=past))
    run_due(now=NOON)
    with tenant_context(tenant_b):
        page.refresh_from_db()
        old.refresh_from_db()
        assert (page.live, old.live, old.expired) == (True, False, True)


def _row(**over: Any) -> DBTaskResult:
    values = {
        "args_kwargs": {"args": [], "kwargs": {"_schema": "t_120101"}}, "task_path": "x.y", "backend_name": "default",
        "run_after": NOON, "status": "RUNNING", "started_at": NOON - timedelta(minutes=10), "worker_ids": ["dead"],
    }  # fmt: skip
    return DBTaskResult.objects.create(**{**values, **over})


@pytest.mark.usefixtures("db")
def test_tasks_of_dead_workers_are_queued_again_and_fail_in_the_end() -> None:
    work.beat("alive", now=NOON)
    work.beat("dead", now=NOON - timedelta(minutes=5))
    once, often = _row(), _row(worker_ids=["dead"] * work.MOST_STARTS)
    busy, fresh = _row(worker_ids=["alive"]), _row(started_at=NOON)

    work.recover_tasks(NOON)

    rows = [DBTaskResult.objects.get(pk=row.pk) for row in (once, often, busy, fresh)]
    assert [row.status for row in rows] == ["READY", "FAILED", "RUNNING", "RUNNING"]
    assert "WorkerDied" in rows[1].exception_class_path


@pytest.mark.usefixtures("db")
def test_old_rows_are_forgotten_and_failed_ones_kept_longer() -> None:
    DBTaskResult.objects.all().delete()
    ages = {"SUCCESSFUL": [1, 8], "FAILED": [8, 89, 91], "READY": [400]}
    for status, days in ages.items():
        for age in days:
            _row(status=status, finished_at=NOON - timedelta(days=age), priority=min(age, 99))
    work.beat("old", now=NOON - timedelta(days=2))
    publishing.forget_old_tasks(NOON)
    assert sorted(DBTaskResult.objects.values_list("status", "priority")) == [
        ("FAILED", 8), ("FAILED", 89), ("READY", 99), ("SUCCESSFUL", 1),
    ]  # fmt: skip
    assert not Worker.objects.exists()


@pytest.mark.usefixtures("db")
def test_a_turn_of_the_clockwork_beats_and_runs_what_is_due(entries: list[str]) -> None:
    every(minutes=1, platform=True)(lambda now: entries.append("ran"))
    work.Clockwork("me").turn(NOON)
    assert (Worker.objects.get().pk, entries) == ("me", ["ran"])


def test_a_worker_keeps_its_connection_where_the_web_server_has_a_pool(db: None) -> None:
    pooled = {**connections.settings["default"], "OPTIONS": {"pool": {"min_size": 1, "max_size": 1}}}
    handler = ConnectionHandler({"default": pooled})
    handler["default"].ensure_connection()
    pool = handler["default"].pool
    work.keep_connections(handler)
    try:
        assert pool.closed
        with handler["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
        handler["default"].close_if_unusable_or_obsolete()
        assert (handler["default"].connection is not None, handler["default"].pool) == (True, None)
    finally:
        handler.close_all()


def test_a_commit_of_bookkeeping_does_not_wait_for_the_disk_and_the_next_one_does(committed_a: Any) -> None:
    def said(statement: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return str(cursor.fetchone()[0])

    show = "SHOW synchronous_commit"  # off for all of the tests' database
    said("SELECT set_config('synchronous_commit', 'on', false)")
    try:
        with unhurried():
            alone = said(show)
        with transaction.atomic(), unhurried():
            assert (alone, said(show)) == ("off", "on")
    finally:
        said("SELECT set_config('synchronous_commit', 'off', false)")


# Probes ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("host", ["localhost", "heping.tianjin.localhost", "127.0.0.1"])
def test_the_process_says_that_it_lives_on_every_host_without_the_database(
    host: str, db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = Client(SERVER_NAME=host).get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("probe", ["/healthz", "/readyz"])
def test_a_probe_signs_nobody_out(probe: str, client_for: Any, tenant_a: Any) -> None:
    client = client_for(tenant_a, "officer")
    client.get(probe)
    assert client.get("/cms/").status_code == 200


def _ready(host: str = "localhost") -> tuple[int, list[str]]:
    response = Client(SERVER_NAME=host).get("/readyz")
    assert "no-store" in response.headers["Cache-Control"]
    return response.status_code, response.json()["faults"]


def test_ready_means_database_migrations_and_worker(tenant_a: Any, django_assert_num_queries: Any) -> None:
    assert _ready() == (503, ["worker"])
    work.beat("me", now=datetime.now(UTC))
    with django_assert_num_queries(3):  # search path, sites, worker
        assert _ready("heping.tianjin.localhost") == (200, [])
    Tenant.objects.filter(pk=tenant_a.pk).update(migrations="older")
    assert _ready() == (503, ["migrations: t_120101"])
    Tenant.objects.update(migrations="older", state="paused")
    assert _ready() == (503, ["migrations: public, t_120101, t_450100"])


@pytest.mark.usefixtures("db")
def test_a_worker_that_has_not_beaten_for_long_is_taken_for_dead() -> None:
    work.beat("me", now=NOON)
    assert list(health.faults_at(NOON + timedelta(seconds=89))) == []
    assert list(health.faults_at(NOON + timedelta(seconds=91))) == ["worker"]


@pytest.mark.usefixtures("db")
def test_a_database_that_is_away_is_named_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> list[str]:
        raise DatabaseError("password=secret host=db")

    monkeypatch.setattr(health, "unmigrated", away)
    response = Client(SERVER_NAME="localhost").get("/readyz")
    assert (response.status_code, response.json()["faults"]) == (503, ["database"])
    assert b"secret" not in response.content


# A real process ----------------------------------------------------------------------------------
def test_the_worker_runs_tasks_and_stops_when_told(committed_a: Any, database_name: str) -> None:
    connection.set_schema_to_public()
    DBTaskResult.objects.all().delete()
    connection.set_tenant(committed_a)
    Site.objects.get(is_default_site=True).root_page.add_child(instance=Page(title="新", slug="new"))
    connection.set_schema_to_public()
    assert DBTaskResult.objects.ready().exists()
    code = (
        "import django; from django.conf import settings; settings.DATABASES['default']['NAME'] = "
        f"{database_name!r}; django.setup(); from django.core.management import call_command;"
        "call_command('work', interval=0.05)"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PYTHONPATH": f"{live.ROOT}{os.pathsep}{live.ROOT / 'site'}",
    }
    process = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "Working.\n"
        until(
            lambda: Worker.objects.exists() and not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists(),
            lambda: list(DBTaskResult.objects.values_list("task_path", "status")),
        )
        process.send_signal(signal.SIGTERM)
        assert process.wait(HANGS) == 0
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
    assert not Worker.objects.exists()


@pytest.mark.usefixtures("db")
def test_the_stock_commands_that_run_in_public_only_are_not_needed() -> None:
    """Wagtail's publish_scheduled is called by the clock, for each tenant in turn."""
    assert any("publish_scheduled" in name for name in clock._entries)
    call_command("check", "--fail-level", "ERROR", verbosity=0)
