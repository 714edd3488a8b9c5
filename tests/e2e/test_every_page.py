"""Every public page, in every width and mode: nothing for axe, nothing refused, nothing wider than the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django_tenants.utils import schema_context

from tests.e2e.axe import violations
from tests.e2e.browser import follow
from tests.e2e.pages import PAGES, PublicPage

OPEN = Callable[..., Any]
# Width, mode, and whether axe looks too: what it sees at 390 in elder mode it would see at every small width.
VIEWS = [
    (1280, "", True),
    (390, "", False),
    (360, "", False),
    (1280, "elder", False),
    (390, "elder", True),
    (360, "elder-xl", False),
]


@pytest.mark.parametrize(("width", "mode", "axe"), VIEWS)
def test_every_public_page_is_clean(
    width: int, mode: str, axe: bool, committed_a: Any, open_page: OPEN, client_for: Callable[..., Client]
) -> None:
    faults = {}
    for role, platform in sorted({(public.role, public.platform) for public in PAGES}):
        client = client_for(committed_a, role) if role else None
        page = open_page(None if platform else committed_a, "/", width=width, mode=mode, client=client)
        root = page.url.removesuffix("/")
        for public in PAGES:
            if (public.role, public.platform) != (role, platform):
                continue
            page.faults.clear()
            page.goto(root + _address(public))
            found = [*page.faults, *_too_wide(page), *_wrong_status(page, public), *(violations(page) if axe else [])]
            if found:
                faults[f"{public.name} {page.url}"] = found
    assert faults == {}


def _address(public: PublicPage) -> str:
    with transaction.atomic():  # some things are whole only together, and the server must see them committed
        if not public.platform:
            return public.make()
        with schema_context("public"):
            return public.make()


def _wrong_status(page: Any, public: PublicPage) -> list[str]:
    """Another status, or another page: whoever is not signed in is led to the form."""
    status = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
    found = [] if status == public.status else [f"answers {status}, not {public.status}"]
    return found + (["asks to sign in"] if public.role and "/accounts/sign-in/" in page.url else [])


def _too_wide(page: Any) -> list[str]:
    """Elements that stick out, when the page can be pushed sideways."""
    return page.evaluate(
        """() => {
            const screen = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= screen) return [];
            return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > screen + 1)
                .slice(0, 3).map(e => 'too wide: ' + e.outerHTML.slice(0, 120));
        }"""
    )


def test_the_first_tab_reaches_the_skip_link_which_leads_to_the_text(committed_a: Any, open_page: OPEN) -> None:
    page = open_page(committed_a, "/accessibility/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().width") > 60
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")


def test_focus_is_always_seen_and_never_hidden(committed_a: Any, open_page: OPEN) -> None:
    page = open_page(committed_a, "/styleguide/")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # the end of the page
        seen, what = page.evaluate(
            """() => {
                const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
                const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
                return [inside && style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 3, e.outerHTML];
            }"""
        )
        if not seen:
            unseen.append(what[:120])
    assert unseen == []


def test_elder_mode_works_without_script_and_enlarges_text_and_targets(committed_a: Any, open_page: OPEN) -> None:
    page = open_page(committed_a, "/accessibility/", width=390)
    follow(page.get_by_role("button", name="长者模式"))
    assert page.url.endswith("/accessibility/")
    assert _body_size(page) == 22
    follow(page.get_by_role("button", name="字再大"))
    assert _body_size(page) == 30
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select')]
            .filter(e => e.checkVisibility() && !e.matches('.skip, p a, li a'))
            .filter(e => e.getBoundingClientRect().height < 60).map(e => e.outerHTML.slice(0, 100))"""
    )
    assert small == []
    follow(page.get_by_role("button", name="退出长者模式"))
    assert _body_size(page) == 17


def _body_size(page: Any) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))
