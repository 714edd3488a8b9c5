"""A real browser at real sites: Debian's Chromium through Playwright, against the application on a port."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from tests.e2e.server import serving
from tests.waiting import HANGS

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for each module, ended with it: Playwright keeps an event loop running as long as it lives."""
    from playwright.sync_api import sync_playwright

    # Playwright's synchronous interface runs an event loop in this thread, so Django takes our plain
    # database calls for asynchronous ones and refuses them. They are not; nowhere else may this be set.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        yield chromium
        chromium.close()
    # What this thread held before the browser's event loop leads to a database that was dropped since.
    connections.close_all()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live_port(committed_a: Any) -> Iterator[int]:
    """The port of a server on a database where commits are real; the connection stands in tenant A."""
    with serving() as port:
        yield port


@pytest.fixture
def site_url(live_port: int) -> Callable[..., str]:
    """`site_url(tenant, "/projects/")`; without a tenant the platform."""

    def url(tenant: Any = None, path: str = "/") -> str:
        host = tenant.host if tenant else "localhost"
        return f"http://{host}:{live_port}{path}"

    return url


@pytest.fixture
def open_page(browser: Any, site_url: Callable[..., str]) -> Iterator[Callable[..., Any]]:
    """`open_page(tenant, path, width=390, mode="elder", client=client_for(tenant, "officer"))` → a watched page.

    `client` lends its cookies, so the browser is signed in; `script` runs before the page's own;
    `scripting=False` turns JavaScript off. Every page has `page.faults`: console errors,
    refused by the content policy, failed requests.
    """
    contexts = []

    def make(
        tenant: Any = None,
        path: str = "/",
        *,
        width: int = 1280,
        mode: str = "",
        client: Client | None = None,
        script: str = "",
        scripting: bool = True,
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            reduced_motion="reduce",
            java_script_enabled=scripting,
        )
        contexts.append(context)
        context.set_default_timeout(HANGS * 1000)
        if script:
            context.add_init_script(script)
        url = site_url(tenant, path)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()} if client else {}
        if mode:
            cookies["yl_mode"] = mode
        root = site_url(tenant)  # a cookie given with a deeper address would be for that folder alone
        context.add_cookies([{"name": name, "value": value, "url": root} for name, value in cookies.items()])
        page = context.new_page()
        page.faults = watch(page)
        page.goto(url)
        return page

    yield make
    for context in contexts:
        context.close()


def watch(page: Any) -> list[str]:
    """A list that fills with what goes wrong on the page."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    # A browser drops what it no longer needs when the next page is opened: that is no fault of the page.
    page.on(
        "requestfailed",
        lambda request: (
            faults.append(f"failed: {request.url} {request.failure}") if request.failure != "net::ERR_ABORTED" else None
        ),
    )
    page.on(
        "console",
        lambda message: (
            faults.append(f"console: {message.text}")
            if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource")
            else None  # `response` names what failed to load
        ),
    )
    page.on(
        "response",
        lambda response: (
            faults.append(f"{response.status}: {response.url}")
            if response.status >= 400 and response.request.resource_type != "document"
            else None
        ),
    )
    return faults
