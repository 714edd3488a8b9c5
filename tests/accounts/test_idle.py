"""Staff who do nothing are signed out after the tenant's minutes; volunteers are not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import RuleSettings
from tests.cast import PASSWORD, ROLES

pytestmark = pytest.mark.usefixtures("still")
STAFF = {"officer", "publicist", "reviewer", "community_worker"}


def _minutes_left() -> int:
    return round((Session.objects.get().expire_date - timezone.now()).total_seconds() / 60)


def _idle_for(client: Client, minutes: int) -> None:
    """Let the clock go: the session is as old as if nobody had asked for `minutes`."""
    session = client.session
    session["staff_seen"] = session.get("staff_seen", 0) - minutes * 60
    session.save()
    row = Session.objects.get()
    row.expire_date -= timedelta(minutes=minutes)
    row.save()


@pytest.mark.parametrize("role", ROLES)
def test_only_staff_sessions_are_short(tenant_a: Any, client_for: Callable[..., Client], role: str) -> None:
    client_for(tenant_a, role)

    assert _minutes_left() == (30 if role in STAFF else 14 * 24 * 60)


def test_the_minutes_are_the_tenants(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    RuleSettings.objects.update_or_create(defaults={"staff_idle_minutes": 5})

    client_for(tenant_a, "officer")

    assert _minutes_left() == 5


def test_work_winds_the_clock_and_idleness_ends_the_session(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a, "officer")
    _idle_for(client, 20)
    assert client.get("/accounts/password/").status_code == 200
    assert _minutes_left() == 30

    _idle_for(client, 31)
    response = client.get("/cms/images/?p=2")
    assert response.url == "/accounts/sign-in/?next=/cms/images/%3Fp%3D2"
    page = client.get(response.url).content.decode()
    assert "登录已经过期" in page

    back = client.post(response.url, {"username": "officer", "password": PASSWORD, "next": "/cms/images/?p=2"})
    assert back.url == "/cms/images/?p=2"


def test_an_open_window_alone_does_not_wind_the_clock(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a, "officer")
    _idle_for(client, 20)

    client.post("/cms/editing-sessions/ping/wagtailcore/page/1/1/")

    assert _minutes_left() == 10


def test_a_busy_minute_writes_the_session_once(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a, "officer")
    client.get("/accounts/password/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/accounts/password/")

    assert not [query for query in queries if query["sql"].startswith("UPDATE")]


def test_a_visitor_is_not_told_of_an_expired_session(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    assert "登录已经过期" not in client_for(tenant_a).get("/accounts/sign-in/").content.decode()
