"""Refuses settings under which one tenant could see another (docs/decisions/0003-tenants.md)."""

from collections.abc import Iterable, Iterator
from typing import Any

import psycopg
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.files.storage import storages
from django.db import connection
from django.urls import URLPattern, get_resolver
from django_tenants.utils import schema_context

from tenants.domain.files import aliases

MIDDLEWARE = "tenants.middleware.TenantMiddleware"
_KEY_FUNCTION = "django_tenants.cache.make_key"
# These ask the database or the cache: before the tenant is known they would ask in the wrong schema.
_AFTER = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
)


def _error(number: int, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"tenants.E{number:03}")


@register(Tags.caches)
def caches_keep_tenants_apart(**_: Any) -> Iterator[CheckMessage]:
    """Wagtail stores site root paths and renditions under fixed keys."""
    for alias, options in settings.CACHES.items():
        if options.get("KEY_FUNCTION") != _KEY_FUNCTION:
            yield _error(1, f"The cache {alias!r} shares its keys between tenants.",
                         f"Set KEY_FUNCTION to {_KEY_FUNCTION!r}.")  # fmt: skip


@register()
def content_types_are_shared(**_: Any) -> Iterator[CheckMessage]:
    """Django caches them once per process: with ids that differ, threads read each other's."""
    app = "django.contrib.contenttypes"
    if app not in settings.SHARED_APPS or app in settings.TENANT_APPS:
        yield _error(2, "Content types must live in the public schema alone.",
                     f"Name {app} in SHARED_APPS and not in TENANT_APPS.")  # fmt: skip
    if "django.contrib.sites" in settings.INSTALLED_APPS:
        yield _error(3, "django.contrib.sites keeps one process-wide cache of sites for all tenants.",
                     "Remove it from INSTALLED_APPS.")  # fmt: skip


@register()
def people_belong_to_tenants(**_: Any) -> Iterator[CheckMessage]:
    """Accounts, groups and sessions have tables in every schema; sessions are read from them."""
    for app in ("django.contrib.auth", "django.contrib.sessions"):
        if app not in settings.TENANT_APPS:
            yield _error(4, f"{app} must be in TENANT_APPS.", "Else its rows are shared by all tenants.")
    if settings.SESSION_ENGINE != "django.contrib.sessions.backends.db":
        yield _error(5, "Sessions must be kept in the tenant's own table.",
                     "Remove SESSION_ENGINE: a session kept elsewhere is accepted by every tenant.")  # fmt: skip


@register(Tags.files)
def storages_keep_tenants_apart(**_: Any) -> Iterator[CheckMessage]:
    """Two tenants' `logo.png` must be two files."""
    for alias in aliases():
        if len({_place(alias, schema_name) for schema_name in ("t_one", "t_two")}) == 1:
            yield _error(6, f"The storage {alias!r} keeps the files of all tenants in one place.",
                         "Use tenants.storage.TenantMediaStorage or one that follows the schema.")  # fmt: skip


def _place(alias: str, schema_name: str) -> str:
    with schema_context(schema_name):
        storage = storages[alias]
        try:
            return str(storage.path("file"))
        except NotImplementedError:
            return str(getattr(storage, "location", ""))


@register()
def tasks_carry_their_tenant(**_: Any) -> Iterator[CheckMessage]:
    """Wagtail's own tasks too; a row that is written with the change is gone with it."""
    from django_tasks import task_backends

    from tenants.tasks import TenantTaskBackend

    for alias in settings.TASKS:
        if not isinstance(task_backends[alias], TenantTaskBackend):
            yield _error(7, f"Tasks of the backend {alias!r} would run in the public schema.",
                         "Set its BACKEND to tenants.tasks.TenantTaskBackend.")  # fmt: skip
    if "django_tasks_db" not in settings.SHARED_APPS or "django_tasks_db" in settings.TENANT_APPS:
        yield _error(8, "The queue must be in the public schema, where the worker looks.",
                     "Name django_tasks_db in SHARED_APPS only.")  # fmt: skip


@register()
def the_tenant_is_chosen_first(**_: Any) -> Iterator[CheckMessage]:
    """By our own middleware, which keeps the tenant during previews."""
    names = list(settings.MIDDLEWARE)
    if names.count(MIDDLEWARE) != 1:
        yield _error(9, f"{MIDDLEWARE} must stand in MIDDLEWARE once.", "It chooses the tenant of each request.")
        return
    early = [name for name in _AFTER if name in names and names.index(name) < names.index(MIDDLEWARE)]
    if early:
        yield _error(10, f"{', '.join(early)} must stand behind {MIDDLEWARE}.",
                     "Else it asks before the tenant is known.")  # fmt: skip
    if getattr(settings, "SHOW_PUBLIC_IF_NO_TENANT_FOUND", False):
        yield _error(11, "An unknown host would get the platform's pages.", "Remove SHOW_PUBLIC_IF_NO_TENANT_FOUND.")


@register()
def the_server_is_synchronous(**_: Any) -> Iterator[CheckMessage]:
    """A coroutine reads `connection.schema_name` as public: its cache keys and file paths are wrong."""
    if getattr(settings, "ASGI_APPLICATION", None):
        yield _error(12, "The site must be served over WSGI.", "Remove ASGI_APPLICATION.")


@register(Tags.urls)
def no_view_is_a_coroutine(**_: Any) -> Iterator[CheckMessage]:
    from asgiref.sync import iscoroutinefunction

    for urlconf in (settings.ROOT_URLCONF, settings.PUBLIC_SCHEMA_URLCONF):
        for pattern in _patterns(get_resolver(urlconf).url_patterns):
            if iscoroutinefunction(pattern.callback):
                yield _error(13, f"The view of {pattern.pattern} is a coroutine.", "Write it as a plain function.")


def _patterns(found: Iterable[Any]) -> Iterator[URLPattern]:
    for pattern in found:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from _patterns(pattern.url_patterns)


@register()
def connections_are_pooled_or_kept(**_: Any) -> Iterator[CheckMessage]:
    """Django refuses both at the first request; better to hear it at start."""
    options = settings.DATABASES["default"]
    if options.get("OPTIONS", {}).get("pool") and options.get("CONN_MAX_AGE", 0) != 0:
        yield _error(14, "A pool and CONN_MAX_AGE exclude each other.", "Leave CONN_MAX_AGE at 0.")


@register(Tags.database)
def the_pooler_keeps_the_search_path(databases: Any = None, **_: Any) -> Iterator[CheckMessage]:
    """PgBouncer in transaction mode hands one server connection to several clients in turn.

    Two clients that see the same server process are behind such a pooler; then each must find its own
    search path again. Asked of the server itself, so that no version or setting needs to be guessed.
    """
    if not databases or "default" not in databases:
        return
    with _client() as one, _client() as two:
        yield from pooler_faults(one, two)


def pooler_faults(one: Any, two: Any) -> Iterator[CheckMessage]:
    """What two clients of the database find out together."""
    if _ask(one, "SELECT pg_backend_pid()") != _ask(two, "SELECT pg_backend_pid()"):
        return
    one.execute("SET search_path = t_one")
    two.execute("SET search_path = t_two")
    if _ask(one, "SHOW search_path") != "t_one" or _ask(two, "SHOW search_path") != "t_two":
        yield _error(15, "The pooler mixes up the tenants of different requests.",
                     "PostgreSQL 18 and track_extra_parameters = search_path, or pool_mode = session.")  # fmt: skip
    if not settings.DATABASES["default"].get("DISABLE_SERVER_SIDE_CURSORS"):
        yield _error(16, "Server-side cursors do not outlive a transaction behind this pooler.",
                     "Set DISABLE_SERVER_SIDE_CURSORS.")  # fmt: skip


def _client() -> psycopg.Connection[Any]:
    parameters = connection.settings_dict
    return psycopg.connect(
        host=parameters["HOST"] or None,
        port=parameters["PORT"] or None,
        user=parameters["USER"] or None,
        password=parameters["PASSWORD"] or None,
        dbname=parameters["NAME"],
        autocommit=True,
        prepare_threshold=None,
    )


def _ask(client: Any, question: str) -> str:
    return str(client.execute(question).fetchone()[0])
