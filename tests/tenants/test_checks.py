"""Each setting on which the isolation of tenants depends is refused when it is wrong."""

from collections.abc import Callable, Iterable
from typing import Any

import psycopg
import pytest
from django.conf import settings as live
from django.core.checks import run_checks
from django.db import connection
from django.urls import path

from tenants import checks

CACHE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
AUTH = "django.contrib.auth"


def ids(messages: Iterable[Any]) -> list[str]:
    return [message.id for message in messages]


def _without(names: list[str], *left_out: str) -> list[str]:
    return [name for name in names if name not in left_out]


CASES: list[tuple[Callable[..., Any], dict[str, Any], list[str]]] = [
    (checks.caches_keep_tenants_apart, {"CACHES": {"default": CACHE}}, ["tenants.E001"]),
    (
        checks.caches_keep_tenants_apart,
        {"CACHES": {**live.CACHES, "renditions": {**CACHE, "KEY_FUNCTION": "x.y"}}},
        ["tenants.E001"],
    ),
    (
        checks.content_types_are_shared,
        {"TENANT_APPS": [*live.TENANT_APPS, "django.contrib.contenttypes"]},
        ["tenants.E002"],
    ),
    (
        checks.content_types_are_shared,
        {"SHARED_APPS": _without(live.SHARED_APPS, "django.contrib.contenttypes")},
        ["tenants.E002"],
    ),
    (checks.people_belong_to_tenants, {"TENANT_APPS": _without(live.TENANT_APPS, AUTH)}, ["tenants.E004"]),
    (
        checks.people_belong_to_tenants,
        {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"},
        ["tenants.E005"],
    ),
    (
        checks.tasks_carry_their_tenant,
        {"SHARED_APPS": _without(live.SHARED_APPS, "django_tasks_db")},
        ["tenants.E008"],
    ),
    (checks.the_tenant_is_chosen_first, {"MIDDLEWARE": _without(live.MIDDLEWARE, checks.MIDDLEWARE)}, ["tenants.E009"]),
    (
        checks.the_tenant_is_chosen_first,
        {"MIDDLEWARE": ["django_tenants.middleware.main.TenantMainMiddleware"]},
        ["tenants.E009"],
    ),
    (
        checks.the_tenant_is_chosen_first,
        {"MIDDLEWARE": [*_without(live.MIDDLEWARE, checks.MIDDLEWARE), checks.MIDDLEWARE]},
        ["tenants.E010"],
    ),
    (checks.the_tenant_is_chosen_first, {"SHOW_PUBLIC_IF_NO_TENANT_FOUND": True}, ["tenants.E011"]),
    (checks.the_server_is_synchronous, {"ASGI_APPLICATION": "portal.asgi.application"}, ["tenants.E012"]),
    (
        checks.connections_are_pooled_or_kept,
        {"DATABASES": {"default": {"OPTIONS": {"pool": True}, "CONN_MAX_AGE": 60}}},
        ["tenants.E014"],
    ),
]


class Changed:
    """The settings of the tests, some of them changed for the checks alone."""

    def __init__(self, wrong: dict[str, Any]) -> None:
        self.__dict__ |= wrong

    def __getattr__(self, name: str) -> Any:
        return getattr(live, name)


@pytest.mark.parametrize(("check", "wrong", "expected"), CASES, ids=[str(case[2][0]) for case in CASES])
def test_a_wrong_setting_is_refused_and_the_right_one_is_not(
    check: Callable[..., Any], wrong: dict[str, Any], expected: list[str], monkeypatch: Any
) -> None:
    assert ids(check()) == []
    monkeypatch.setattr(checks, "settings", Changed(wrong))
    assert ids(check()) == expected


def test_sites_are_not_installed(monkeypatch: Any) -> None:
    changed = Changed({"INSTALLED_APPS": [*live.INSTALLED_APPS, "django.contrib.sites"]})
    monkeypatch.setattr(checks, "settings", changed)
    assert ids(checks.content_types_are_shared()) == ["tenants.E003"]


def test_a_storage_without_tenants_is_refused(settings: Any) -> None:
    assert ids(checks.storages_keep_tenants_apart()) == []
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "remote": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    assert ids(checks.storages_keep_tenants_apart()) == ["tenants.E006", "tenants.E006"]


def test_a_task_backend_without_tenants_is_refused(settings: Any) -> None:
    assert ids(checks.tasks_carry_their_tenant()) == []
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    assert ids(checks.tasks_carry_their_tenant()) == ["tenants.E007"]


def test_a_coroutine_among_the_views_is_refused(monkeypatch: Any) -> None:
    async def view(request: Any) -> None: ...

    assert ids(checks.no_view_is_a_coroutine()) == []
    pattern = path("async/", view)
    monkeypatch.setattr(checks, "get_resolver", lambda urlconf: type("Resolver", (), {"url_patterns": [pattern]}))
    assert ids(checks.no_view_is_a_coroutine()) == ["tenants.E013", "tenants.E013"]


class Shared:
    """A client behind a pooler in transaction mode: `paths` remembers what each client set, if the pooler does."""

    def __init__(self, server: psycopg.Connection[Any], *, tracked: bool) -> None:
        self.server, self.tracked, self.path = server, tracked, ""

    def execute(self, statement: str) -> Any:
        if statement.startswith("SET search_path"):
            self.path = statement
        elif self.tracked and self.path:
            self.server.execute(self.path)
        return self.server.execute(statement)


@pytest.mark.parametrize(
    ("tracked", "cursors_off", "expected"),
    [
        (False, True, ["tenants.E015"]),
        (True, True, []),
        (True, False, ["tenants.E016"]),
    ],
)
def test_a_pooler_that_mixes_tenants_is_found_out(
    db: None, tracked: bool, cursors_off: bool, expected: list[str], monkeypatch: Any
) -> None:
    monkeypatch.setitem(live.DATABASES["default"], "DISABLE_SERVER_SIDE_CURSORS", cursors_off)
    with checks._client() as server:
        one, two = Shared(server, tracked=tracked), Shared(server, tracked=tracked)
        assert ids(checks.pooler_faults(one, two)) == expected


def test_the_present_settings_and_database_pass(db: None) -> None:
    found = run_checks(databases=["default"])
    assert [message for message in found if message.id.startswith("tenants.")] == []
    assert connection.schema_name == "public"
