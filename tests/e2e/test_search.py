"""Search in a real browser: suggestions by keyboard, parts without a new page, everything without script."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from tests.e2e.axe import violations
from tests.e2e.browser import follow
from tests.factories.projects import make_project

Open = Callable[..., Any]


def publish(*titles: str, **over: Any) -> None:
    with transaction.atomic():
        for title in titles:
            make_project(title=title, **over)


def test_suggestions_are_walked_by_keyboard_and_opened(committed_a: Any, open_page: Open) -> None:
    publish("银龄守护进社区", "银龄讲堂")
    page = open_page(committed_a, "/accessibility/")
    field = page.get_by_role("combobox", name="搜索项目、政策、名录")
    field.fill("yinl")
    options = page.get_by_role("listbox").get_by_role("option")
    options.nth(1).wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert violations(page) == []
    field.press("ArrowDown")
    first = options.first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    assert page.evaluate("document.activeElement.id") == "site-q"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "yinl"
    field.press("ArrowDown")
    options.nth(1).wait_for()
    field.press("ArrowDown")
    title = options.first.inner_text().split("项目")[0].strip()
    with page.expect_navigation():
        field.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == title
    assert page.faults == []


def test_enter_without_a_choice_searches(committed_a: Any, open_page: Open) -> None:
    publish("银龄守护进社区")
    page = open_page(committed_a, "/accessibility/")
    field = page.get_by_role("combobox", name="搜索项目、政策、名录")
    field.fill("银龄")
    with page.expect_navigation():
        field.press("Enter")
    assert page.url.endswith("/search/?q=%E9%93%B6%E9%BE%84")
    assert page.locator("#count").inner_text() == "“银龄”找到1条"


def test_facets_and_orders_change_a_part_and_the_address(committed_a: Any, open_page: Open) -> None:
    publish("银龄守护", service_kinds=["home_visit"])
    publish("银龄讲堂", service_kinds=["health_talk"])
    page = open_page(committed_a, "/search/?q=银龄")
    page.evaluate("window.stays = true")
    page.get_by_role("checkbox", name="健康讲座、义诊").check()
    page.get_by_role("button", name="按这些条件找").click()
    page.locator("#count", has_text="“银龄”找到1条").wait_for()
    page.wait_for_function("location.search.includes('service=health_talk')")
    page.wait_for_function("document.title.startsWith('搜索：银龄')")
    assert page.evaluate("window.stays") is True
    page.get_by_role("link", name="健康讲座、义诊 去掉").click()
    page.locator(".hits > li").nth(1).wait_for()
    page.locator("#results:focus").wait_for()
    page.go_back()
    page.locator(".hits > li").nth(1).wait_for(state="detached")
    assert page.faults == []


def test_everything_works_without_script(committed_a: Any, open_page: Open) -> None:
    publish("银龄守护", service_kinds=["home_visit"])
    publish("银龄讲堂", service_kinds=["health_talk"])
    page = open_page(committed_a, "/accessibility/", scripting=False)
    page.locator("#site-q").fill("银龄")
    follow(page.locator(".masthead .searchbox button"))
    page.get_by_role("checkbox", name="健康讲座、义诊").check()
    follow(page.get_by_role("button", name="按这些条件找"))
    assert page.locator(".hit-title").all_inner_texts() == ["银龄讲堂"]
    follow(page.get_by_role("link", name="就近就便"))
    assert page.locator("[data-locate]").is_visible() is False


def test_a_position_is_asked_for_by_a_press_alone_and_kept_coarse(committed_a: Any, open_page: Open) -> None:
    publish("银龄守护")
    page = open_page(committed_a, "/search/near/?q=银龄")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 39.123456, "longitude": 117.204321})
    follow(page.get_by_role("button", name="用我现在的位置"))
    assert "lat=39.123&lon=117.204" in page.url
    assert page.locator(".hits > li").count() == 1
    assert page.faults == []
