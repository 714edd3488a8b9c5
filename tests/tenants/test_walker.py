"""Signs in to one tenant and asks every address with the numbers and names of another: nothing of it is ever seen."""

import gc
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django_tenants.utils import tenant_context

from portal.accounts.models import User
from tests.tenants import marking
from tests.tenants.marking import FIRST, MARK
from tests.tenants.walking import QUERY, Values, addresses, sent

# The first two end the session that the walk goes by; the third fails by intent, to try out the page of failures.
SKIPPED = ("/accounts/sign-out", "/cms/logout", "/cms/failwhale")
# Wagtail's own: forms that no page of it draws without these fields, or for that model; and an end to approvals,
# of which the made-up one has no revision, as no real one is. None of them shows anything.
UNDRAWN = re.compile(
    r"/cms/(choose-external-link|redirects/import/process|snippets/choose/\w+/\w+/create|documents/multiple/\d+"
    r"|workflows/tasks/disable/\d+)/$"
)

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


OWN = 500_001
"""The rows of the tenant that is walked through count from here."""


@pytest.fixture
def paths(tenant_a: Any, tenant_b: Any, settings: Any, tmp_path: Any) -> Iterator[list[str]]:
    """Every address with the arguments of the marked tenant; the mark is in all its rows and files."""
    settings.MEDIA_ROOT = str(tmp_path)
    before = marking.count_from(tenant_b.schema_name, FIRST)
    with tenant_context(tenant_b):
        left = marking.fill()
        marking.mark()
        found = _filled(Values())
    assert len(left) < len(marking.tenant_models()) / 4, [model.__name__ for model in left]
    yield found
    gc.collect()
    marking.put_back(tenant_b.schema_name, before)


@pytest.fixture
def own_paths(tenant_a: Any) -> Iterator[list[str]]:
    """Every address with the arguments of the tenant's own rows, one of each kind at least."""
    before = marking.count_from(tenant_a.schema_name, OWN)
    marking.fill(OWN)
    yield _filled(Values(OWN))
    gc.collect()
    marking.put_back(tenant_a.schema_name, before)


def _filled(values: Values) -> list[str]:
    found = dict.fromkeys(path for address in addresses("portal.urls_tenant") for path in values.fill(address))
    return [path for path in found if not path.startswith(SKIPPED)]


def _superuser(tenant: Any) -> Client:
    with tenant_context(tenant):
        user = User.objects.create_superuser("walker", "walker@example.org", "x", name="走")
        client = Client(SERVER_NAME=tenant.host, raise_request_exception=False)
        client.force_login(user, backend="portal.accounts.backends.NameOrMobileBackend")
    return client


def _ask(client: Client, path: str, body: dict[str, Any] | None = None) -> tuple[int, bool]:
    """Status, and whether the mark stands in the answer, its headers and the place it leads to."""
    # What one request spoils the next does not see.
    with transaction.atomic():
        response = client.get(path) if body is None else client.post(path, body)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    text = content.decode("utf-8", "replace") + " ".join(f"{name} {value}" for name, value in response.items())
    return response.status_code, MARK in text


def _asked(paths: list[str]) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Each address with the numbers in it, or else as its query; and as a form that is sent, full of numbers."""
    body = sent()
    for path in paths:
        given = str(FIRST) in path or marking.NAME in path
        yield path if given else f"{path}?{QUERY}", None
        yield path, {} if given else body


def _faults(client: Client, asked: Iterable[tuple[str, dict[str, Any] | None]]) -> list[str]:
    """What shows the mark, and what breaks: a forged number is answered, never stumbled over."""
    found = []
    for path, body in asked:
        status, seen = _ask(client, path, body)
        broken = status >= 500 and not (body is not None and UNDRAWN.match(path))
        if seen or broken:
            found.append(f"{'sees' if seen else status} {'get' if body is None else 'post'} {path}")
    return found


@pytest.mark.parametrize("who", ["superuser", "officer"])
def test_nothing_of_another_tenant_is_seen_at_any_address(
    who: str, paths: list[str], tenant_a: Any, client_for: Any
) -> None:
    client = (
        _superuser(tenant_a) if who == "superuser" else client_for(tenant_a, "officer", raise_request_exception=False)
    )
    assert len(paths) > 300
    assert _faults(client, _asked(paths)) == []
    assert connection.schema_name == tenant_a.schema_name


def test_forms_of_ones_own_rows_take_nothing_of_another_tenant(
    paths: list[str], own_paths: list[str], tenant_a: Any
) -> None:
    body = sent()
    mine = [path for path in own_paths if str(OWN) in path or marking.NAME in path]
    assert len(mine) > 200
    assert _faults(_superuser(tenant_a), ((path, body) for path in mine)) == []


def test_the_walker_is_not_blind(paths: list[str], tenant_b: Any) -> None:
    """At home the same addresses are full of marks."""
    client = _superuser(tenant_b)
    found = [path for path in paths if _ask(client, path)[1]]
    assert len(found) > 60
    for part in ("/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/users/", "/media/images/", "/projects/"):
        assert any(path.startswith(part) for path in found), part
