"""The admin's tables on a telephone: what does not fit is pushed sideways, never cut off."""

from collections.abc import Callable
from typing import Any

from tests.factories.honours import make_round, serve
from tests.factories.projects import make_project, make_shift
from tests.factories.volunteers import make_volunteer

CUT = """() => {
    const table = document.querySelector('table.listing'), box = table.closest('#listing-results');
    const title = table.querySelector('tbody td.title, tbody td:has(> .title-wrapper)');
    return [box.scrollWidth > box.clientWidth, getComputedStyle(box).overflowX, title.clientWidth > 150];
}"""


def test_a_wide_list_can_be_pushed_sideways_and_its_titles_read(
    committed_a: Any, open_page: Callable[..., Any], client_for: Callable[..., Any]
) -> None:
    make_shift(make_project(title="手机课堂：教老人用智能手机挂号、付款、防诈骗"))
    officer = client_for(committed_a, "officer")
    page = open_page(committed_a, "/cms/snippets/projects/project/", width=390, client=officer)
    assert page.evaluate(CUT) == [True, "auto", True]
    page.locator(".listing tbody .button--icon, .listing tbody [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("link", name="再办一次").first.wait_for()


def test_ticks_that_were_not_saved_are_asked_about_before_the_page_is_left(
    committed_a: Any, open_page: Callable[..., Any], client_for: Callable[..., Any]
) -> None:
    serve(make_volunteer(name="李小梅"))
    award = make_round()
    url = f"/cms/honours/rounds/{award.pk}/"
    page = open_page(committed_a, url, client=client_for(committed_a, "officer"))
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("checkbox", name="李**").uncheck()
    page.get_by_role("link", name="全部批次").click(no_wait_after=True)
    page.wait_for_function("true")
    assert (asked, url in page.url) == (["beforeunload"], True)
    page.get_by_role("button", name="存下这一页的勾选").click()
    page.get_by_text("已存下：去掉1个。").wait_for()
    page.get_by_role("link", name="全部批次").click()
    page.wait_for_url("**/snippets/honours/round/")
    assert asked == ["beforeunload"]
