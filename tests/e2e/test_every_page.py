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
# Mode, its widths from the least, and at which of them axe looks: what it sees at 390 in elder mode it
# would see at every small width.
MODES = {"": ([360, 390, 1280], 1280), "elder": ([390, 1280], 390), "elder-xl": ([360], 0)}


@pytest.mark.parametrize("mode", MODES)
def test_every_public_page_is_clean(
    mode: str, committed_a: Any, open_page: OPEN, client_for: Callable[..., Client]
) -> None:
    widths, axe = MODES[mode]
    faults = {}
    for role, platform in sorted({(public.role, public.platform) for public in PAGES}):
        client = client_for(committed_a, role) if role else None
        page = open_page(None if platform else committed_a, "/", width=widths[0], mode=mode, client=client)
        root = page.url.removesuffix("/")
        for public in PAGES:
            if (public.role, public.platform) != (role, platform):
                continue
            page.faults.clear()
            _resize(page, widths[0])
            page.goto(root + _address(public))
            found = _wrong_status(page, public)
            for width in widths:
                _resize(page, width)
                found += [f"at {width}: {fault}" for fault in _too_wide(page)]
                found += violations(page) if width == axe else []
            found += page.faults
            if found:
                faults[f"{public.name} {page.url}"] = found
    assert faults == {}


def _resize(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


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
