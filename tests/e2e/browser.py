"""What a person does on a page, waited for as a person waits."""

from typing import Any


def follow(link_or_button: Any) -> None:
    """Press what leads to another page, and go on only when that page stands there.

    A click alone returns while the old page is being torn down: what is read then is of neither.
    """
    with link_or_button.page.expect_navigation():
        link_or_button.click()


def submit(page: Any, button: str) -> None:
    """Press a button that may stand in a closed menu, and wait for the next page."""
    with page.expect_navigation():
        page.locator(button).first.evaluate("button => button.form.requestSubmit(button)")
