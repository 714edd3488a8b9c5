"""What browsers are told to refuse, on every page and file."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

ClientFor = Callable[..., Client]
STRICT = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


def policy(response: Any) -> set[str]:
    return set(response["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("path", ["/accessibility/", "/styleguide/", "/no-such-page/", "/theme.css", "/elder/"])
def test_every_answer_of_a_site_carries_the_strict_policy(path: str, tenant_a: Any, client_for: ClientFor) -> None:
    response = client_for(tenant_a).get(path)
    assert policy(response) == STRICT
    assert {name: response[name] for name in OTHERS} == OTHERS


OTHERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(self), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
}


def test_the_platform_and_an_unknown_host_carry_it_too(platform_client: Client) -> None:
    for response in (platform_client.get("/accessibility/"), Client(SERVER_NAME="nobody.localhost").get("/")):
        assert policy(response) == STRICT


def test_the_editors_admin_may_style_and_be_framed_but_runs_no_inline_script(
    tenant_a: Any, client_for: ClientFor
) -> None:
    response = client_for(tenant_a, "officer").get("/cms/")
    assert policy(response) == (STRICT - {"frame-ancestors 'none'", "img-src 'self'"}) | {
        "frame-ancestors 'self'",
        "style-src-elem 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
    }
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_operators_admin_differs_in_framing_alone(platform_client: Client) -> None:
    response = platform_client.get("/operators/login/")
    assert policy(response) == (STRICT - {"frame-ancestors 'none'"}) | {"frame-ancestors 'self'"}


def test_no_page_of_ours_carries_inline_script_or_style(tenant_a: Any, client_for: ClientFor) -> None:
    page = client_for(tenant_a).get("/styleguide/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=") == 2
