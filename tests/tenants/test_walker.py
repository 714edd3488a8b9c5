"""Signs in to one tenant and asks every address with the numbers and names of another: nothing of it is ever seen."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django_tenants.utils import tenant_context

from portal.accounts.models import User
from tests.tenants import marking
from tests.tenants.marking import FIRST, MARK
from tests.tenants.walking import QUERY, Values, addresses

# Ends the session that the walk goes by.
SKIPPED = ("accounts/sign-out", "cms/logout")

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def paths(tenant_a: Any, tenant_b: Any, settings: Any, tmp_path: Any) -> Iterator[list[str]]:
    """Every address with the arguments of the marked tenant; the mark is in all its rows and files."""
    settings.MEDIA_ROOT = str(tmp_path)
    before = marking.count_from(tenant_b.schema_name, FIRST)
    with tenant_context(tenant_b):
        left = marking.fill()
        marking.mark()
        values = Values()
        found = [path for address in addresses("portal.urls_tenant") for path in values.fill(address)]
    assert len(left) < len(marking.tenant_models()) / 4, [model.__name__ for model in left]
    yield [path for path in dict.fromkeys(found) if not path.startswith(tuple(f"/{name}" for name in SKIPPED))]
    gc.collect()
    marking.put_back(tenant_b.schema_name, before)


def _superuser(tenant: Any) -> Client:
    with tenant_context(tenant):
        user = User.objects.create_superuser("walker", "walker@example.org", "x", name="走")
        client = Client(SERVER_NAME=tenant.host, raise_request_exception=False)
        client.force_login(user, backend="portal.accounts.backends.NameOrMobileBackend")
    return client


def _seen(client: Client, path: str, method: str = "get") -> tuple[int, bool]:
    """Status, and whether the mark stands in the answer, its headers and the place it leads to."""
    # What one request spoils the next does not see.
    with transaction.atomic():
        response = getattr(client, method)(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    text = content.decode("utf-8", "replace") + " ".join(f"{name} {value}" for name, value in response.items())
    return response.status_code, MARK in text


def _asked(paths: list[str]) -> Iterator[tuple[str, str]]:
    """Each address with the numbers in it, or else as its query; our own ones also as a form that is sent."""
    for path in paths:
        given = str(FIRST) in path or marking.NAME in path
        yield path if given else f"{path}?{QUERY}", "get"
        if given and not path.startswith("/cms/"):
            yield path, "post"


def _leaks(client: Client, paths: list[str]) -> list[str]:
    return [f"{method} {path}" for path, method in _asked(paths) if _seen(client, path, method)[1]]


@pytest.mark.parametrize("who", ["superuser", "officer"])
def test_nothing_of_another_tenant_is_seen_at_any_address(
    who: str, paths: list[str], tenant_a: Any, client_for: Any
) -> None:
    client = (
        _superuser(tenant_a) if who == "superuser" else client_for(tenant_a, "officer", raise_request_exception=False)
    )
    assert len(paths) > 300
    assert _leaks(client, paths) == []
    assert connection.schema_name == tenant_a.schema_name


def test_the_walker_is_not_blind(paths: list[str], tenant_b: Any) -> None:
    """At home the same addresses are full of marks."""
    client = _superuser(tenant_b)
    found = [path for path in paths if _seen(client, path)[1]]
    assert len(found) > 60
    for part in ("/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/users/", "/media/images/", "/projects/"):
        assert any(path.startswith(part) for path in found), part
