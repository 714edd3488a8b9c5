"""A real threaded server, two tenants, more than a thousand requests at once: no answer may be the other's."""

import http.client
import json
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import Client
from django.urls import clear_url_caches, set_urlconf
from django_tenants.utils import tenant_context
from wagtail.models import Page, Site

from portal.accounts.models import User
from tests.waiting import HANGS

REQUESTS = 1200
CLIENTS = 16
MARKS = {"t_120101": "甲甲甲的标记", "t_450100": "乙乙乙的标记"}


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class names it so)
        """The test says what went wrong."""


class Threaded(ThreadingMixIn, WSGIServer):
    """One thread for each request, as under load."""

    daemon_threads = False  # it ends when the last request has
    request_queue_size = 256

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


@pytest.fixture
def port(committed: None, settings: Any) -> Iterator[int]:
    settings.ROOT_URLCONF = "tests.tenants.probe_urls"
    clear_url_caches()
    set_urlconf(None)
    server = Threaded(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()
    clear_url_caches()


def _fill(tenant: Any) -> dict[str, Any]:
    """Mark everything that a page shows; the same page numbers, file names and user names at both sites."""
    mark = MARKS[tenant.schema_name]
    with tenant_context(tenant):
        home = Site.objects.get(is_default_site=True).root_page
        page = home.add_child(instance=Page(title=mark, slug="marked"))
        User.objects.filter(username="officer").update(name=mark, is_superuser=True)
        default_storage.save("images/logo.png", ContentFile(mark.encode()))
        client = Client(SERVER_NAME=tenant.host)
        client.force_login(User.objects.get(username="officer"), backend="portal.accounts.backends.NameOrMobileBackend")
    return {"host": tenant.host, "mark": mark, "cookie": client.cookies["sessionid"].value, "page": page.pk}


def _ask(port: int, site: dict[str, Any], path: str, *, signed_in: bool) -> tuple[int, str]:
    headers = {"Host": site["host"], **({"Cookie": f"sessionid={site['cookie']}"} if signed_in else {})}
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=HANGS)
    try:
        client.request("GET", path, headers=headers)
        response = client.getresponse()
        return response.status, response.read().decode()
    finally:
        client.close()


def test_no_answer_of_a_thousand_at_once_is_the_other_tenants(
    committed_a: Any, committed_b: Any, port: int, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()
    sites = [_fill(tenant) for tenant in (committed_a, committed_b)]
    connection.set_schema_to_public()
    # Path, whether signed in, whether the site's mark must stand in the answer.
    asked = [
        ("/probe/", True, True),
        ("/probe/", False, True),
        ("/marked/", False, True),
        ("/", False, False),
        ("/media/images/logo.png", False, True),
        ("/cms/pages/{page}/edit/", True, True),
        ("/cms/account/", True, True),
        ("/cms/pages/{page}/edit/", False, False),
    ]
    # Half of the requests go to the light pages, so that the run takes seconds.
    plan = [
        (sites[number % 2], *asked[(number // 2) % (len(asked) if number % 8 < 2 else 5)]) for number in range(REQUESTS)
    ]

    def one(job: tuple[dict[str, Any], str, bool, bool]) -> str:
        site, path, signed_in, marked = job
        other = next(mark for mark in MARKS.values() if mark != site["mark"])
        status, text = _ask(port, site, path.format(**site), signed_in=signed_in)
        if other in text:
            return f"WRONG {path}"
        if status >= 400 or (marked and site["mark"] not in text):
            return f"missing {status} {path}"
        return "right"

    with ThreadPoolExecutor(CLIENTS) as pool:
        outcomes = Counter(pool.map(one, plan))

    assert outcomes == {"right": REQUESTS}


def test_a_session_of_one_tenant_is_nobody_at_the_other(committed_a: Any, committed_b: Any, port: int) -> None:
    a, b = _fill(committed_a), _fill(committed_b)
    assert _ask(port, {**b, "cookie": a["cookie"]}, "/cms/account/", signed_in=True)[0] == 302
    assert _ask(port, b, "/cms/account/", signed_in=True)[0] == 200


def _types_at_once(port: int, sites: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Of two requests that meet in the middle: the number from the cache, the number in the table."""
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda site: _ask(port, site, "/probe/types/", signed_in=False), sites))
    return [(found["cached"], found["stored"]) for found in (json.loads(text) for _status, text in answers)]


def test_a_content_type_cached_for_one_tenant_is_right_for_the_other(
    committed_a: Any, committed_b: Any, port: int
) -> None:
    """The cache is one for all threads: only numbers that are the same everywhere make it harmless."""
    sites = [{"host": committed_a.host}, {"host": committed_b.host}]
    for _ in range(5):
        assert [cached == stored for cached, stored in _types_at_once(port, sites)] == [True, True]

    # As it would be with `django.contrib.contenttypes` among the tenants' apps: this very test would fail.
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE t_450100.django_content_type AS "
            "SELECT id + 1000 AS id, app_label, model FROM public.django_content_type"
        )
    assert [cached == stored for cached, stored in _types_at_once(port, sites)].count(False) == 1
