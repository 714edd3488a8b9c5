"""Reading aloud where the browser can, nothing where it cannot, and the whole site without script."""

from collections.abc import Callable
from typing import Any

from portal.core.models import SiteIdentity
from tests.e2e.browser import follow

OPEN = Callable[..., Any]
# Chromium on a server has no voices: what the page asks of the voice is written down instead.
VOICE = """
window.said = [];
const voice = { speaking: false, pending: false, cancel() { this.speaking = false; },
                speak(u) { this.speaking = true; window.said.push([u.text, u.lang]); } };
Object.defineProperty(window, "speechSynthesis", { value: voice });
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
NO_VOICE = 'Object.defineProperty(window, "speechSynthesis", { value: undefined });'


def test_the_reader_says_the_text_sentence_by_sentence_and_stops(committed_a: Any, open_page: OPEN) -> None:
    page = open_page(committed_a, "/privacy/", mode="elder", script=VOICE)
    button = page.get_by_role("button", name="朗读本页")
    button.click()
    said = page.evaluate("said")
    assert said[0] == ["谁负责。", "zh-CN"]
    assert all(len(text) < 150 for text, _ in said)
    assert page.get_by_role("button", name="停下").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="停下").click()
    button.wait_for()
    assert page.faults == []


def test_without_a_voice_no_button_is_shown(committed_a: Any, open_page: OPEN) -> None:
    page = open_page(committed_a, "/privacy/", mode="elder", script=NO_VOICE)
    assert page.get_by_text("朗读本页").is_hidden()
    assert page.get_by_role("button", name="退出长者模式").is_visible()


def test_everything_of_the_frame_works_without_script(committed_a: Any, open_page: OPEN) -> None:
    page = open_page(committed_a, "/privacy/", scripting=False)
    follow(page.get_by_role("button", name="长者模式", exact=True))
    assert page.locator("html.elder").count() == 1
    assert page.get_by_text("朗读本页").is_hidden()
    follow(page.get_by_role("button", name="English"))
    assert page.locator("html[lang=en]").count() == 1
    assert page.url.endswith("/privacy/")


def test_the_tenants_colours_reach_the_page_in_both_modes(committed_a: Any, open_page: OPEN) -> None:
    SiteIdentity.objects.update_or_create(
        defaults={"accent": "#1c5a43", "accent_deep": "#0f3f2e", "elder_accent": "#134a36", "paper": "#fcfdf9"}
    )
    for mode, accent, paper in (("", "#1c5a43", "rgb(252, 253, 249)"), ("elder", "#134a36", "rgb(255, 255, 255)")):
        page = open_page(committed_a, "/privacy/", mode=mode)
        root = "getComputedStyle(document.documentElement)"
        assert page.evaluate(f"{root}.getPropertyValue('--accent')") == accent
        assert page.evaluate(f"{root}.backgroundColor") == paper


def test_after_an_action_the_focus_is_on_the_message(committed_a: Any, open_page: OPEN) -> None:
    page = open_page(committed_a, "/styleguide/")
    assert page.evaluate("document.activeElement.matches('.notice')")
