"""A story's way in a real browser: the publicist writes and hands in, a reviewer approves, everybody reads."""

from collections.abc import Callable
from typing import Any

from portal.core.models import Division
from portal.stories.models import StoryIndexPage, StoryPage
from tests.e2e.browser import follow, submit

Open = Callable[..., Any]
TITLE = "302房间的灯"
TEXT = "点得最多的是下象棋。"


def write(page: Any) -> None:
    """Title and text, and nothing else yet."""
    page.locator("#id_title").fill(TITLE)
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="段落").click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(TEXT)
    page.wait_for_function(
        "text => JSON.stringify(JSON.parse(document.querySelector('[name=body-0-value]').value)).includes(text)",
        arg=TEXT,
    )


def sign(page: Any) -> None:
    """The place, and who stands for the text."""
    street = Division.objects.filter(level="street").first()
    assert street is not None
    page.locator("[name='division']").evaluate("(field, value) => { field.value = value; }", str(street.pk))
    page.locator("[name='editor']").fill("甲")
    page.locator("[name='first_reviewer']").fill("乙")


def test_from_the_publicists_draft_to_the_public_page(
    committed_a: Any, open_page: Open, client_for: Callable[..., Any], settings: Any
) -> None:
    # A program types faster than anybody: its click would meet Wagtail's first saving of the draft half-way.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    shelf = StoryIndexPage.objects.get()

    # The draft is saved before it is known where the story belongs.
    publicist = open_page(
        committed_a, f"/cms/pages/add/stories/storypage/{shelf.pk}/", client=client_for(committed_a, "publicist")
    )
    write(publicist)
    submit(publicist, "button.action-save")
    story = StoryPage.objects.get()
    assert (story.live, story.division) == (False, None)

    # Handing it in asks for the place.
    assert publicist.locator("button[name='action-publish']").count() == 0
    submit(publicist, "button[name='action-submit']")
    assert "这一项还没有填" in publicist.locator("main").inner_text()
    sign(publicist)
    submit(publicist, "button[name='action-submit']")
    story.refresh_from_db()
    assert story.current_workflow_state.status == "in_progress"
    assert open_page(committed_a, "/stories/").get_by_text(TITLE).count() == 0

    # The writer finds no way to approve; the reviewer does, from the first page of the admin.
    publicist.goto(publicist.url)
    assert publicist.locator("[data-workflow-action-name='approve']").count() == 0
    reviewer = open_page(committed_a, "/cms/", client=client_for(committed_a, "reviewer"))
    follow(reviewer.get_by_role("link", name=TITLE).first)
    with reviewer.expect_navigation():
        reviewer.locator("[data-workflow-action-name='approve']").first.evaluate("button => button.click()")
    story.refresh_from_db()
    assert story.live

    # Everybody reads it.
    reader = open_page(committed_a, "/stories/")
    follow(reader.get_by_role("link", name=TITLE).first)
    assert TEXT in reader.locator("main").inner_text()
    assert reader.faults == []
