"""Fixtures of the whole suite: two tenants, their people, clients, committed databases."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.test import Client
from django.utils import timezone, translation

from tests import database
from tests.cast import PASSWORD
from tests.clock import real, staying_in_its_hour, telling

_serial = count(1)


@pytest.fixture(scope="session")
def database_name() -> str:
    """One database for each worker process of the suite."""
    return f"yinling_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, database_name: str) -> Iterator[None]:
    """Instead of pytest-django's: a copy of the template database, dropped at the end."""
    with django_db_blocker.unblock():
        database.recreate(database_name)
    yield
    with django_db_blocker.unblock():
        database.drop(database_name)


@pytest.fixture(scope="session", autouse=True)
def certificate_fonts() -> Path:
    """Cut once per machine, some ten seconds; `make` has done it before."""
    from django.conf import settings

    from certificates.fonts import prepare_fonts

    folder = Path(settings.CERTIFICATE_FONTS_DIR)
    prepare_fonts(folder)
    return folder


@pytest.fixture(autouse=True)
def one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is the same day until the test has ended, also at midnight, and this hour the same hour."""
    monkeypatch.setattr(timezone, "datetime", telling(staying_in_its_hour(real)))


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Folders of the test's own: sites of one name are deleted, files and all, while another process uses theirs."""
    folder = tmp_path_factory.getbasetemp() / f"files-{next(_serial)}"
    settings.MEDIA_ROOT, settings.CERTIFICATE_ROOT = str(folder / "media"), str(folder / "private")
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No test leaves its tenant behind, nor what a process remembers of rows that are rolled back."""
    from search import frequencies

    yield
    connection.set_schema_to_public()
    # What was asked for in English stays English in this thread, also for who asks for nothing.
    translation.deactivate()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    frequencies.forget()


def _tenant(domain: str) -> Any:
    from tenants.models import Tenant

    connection.set_schema_to_public()
    tenant = Tenant.objects.get(domains__domain=domain)
    tenant.host = domain
    return tenant


@pytest.fixture
def tenant_a(db: None) -> Any:
    """天津市和平区, and the connection stands in it."""
    tenant = _tenant(database.TENANT_A["domain"])
    connection.set_tenant(tenant)
    return tenant


@pytest.fixture
def tenant_b(db: None) -> Any:
    """南宁市; the connection stays where it was."""
    before = connection.tenant
    tenant = _tenant(database.TENANT_B["domain"])
    connection.set_tenant(before)
    return tenant


@pytest.fixture
def client_for() -> Callable[..., Client]:
    """`client_for(tenant)` or `client_for(tenant, "officer")`: a browser at that site, signed in or not."""

    def make(tenant: Any, username: str = "", **options: Any) -> Client:
        from django_tenants.utils import tenant_context

        from portal.accounts.models import User

        client = Client(SERVER_NAME=tenant.host, **options)
        if username:
            with tenant_context(tenant):
                client.force_login(
                    User.objects.get(username=username), backend="portal.accounts.backends.NameOrMobileBackend"
                )
        return client

    return make


@pytest.fixture
def platform_client(db: None) -> Client:
    """A browser at the platform host."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any, database_name: str) -> Iterator[None]:
    """A database in which commits are real, for threads and servers; made anew afterwards.

    Use it through `committed_a` and `committed_b`, never beside `tenant_a`, which opens pytest-django's transaction.
    """
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        yield
        connections.close_all()
        database.recreate(database_name)


@pytest.fixture
def committed_a(committed: None) -> Any:
    """天津市和平区 in a committed database; the connection stands in it."""
    tenant = _tenant(database.TENANT_A["domain"])
    connection.set_tenant(tenant)
    return tenant


@pytest.fixture
def committed_b(committed: None) -> Any:
    """南宁市 in a committed database; the connection stays where it was."""
    before = connection.tenant
    tenant = _tenant(database.TENANT_B["domain"])
    connection.set_tenant(before)
    return tenant


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def still(one_hour: None, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock stands: what is counted in minutes, hours or steps of half a minute comes out the same."""
    now: datetime = timezone.now()
    monkeypatch.setattr(timezone, "datetime", telling(lambda: now))
    for clock in ("time.time", "django_otp.oath.time"):
        monkeypatch.setattr(clock, now.timestamp)
    return now
