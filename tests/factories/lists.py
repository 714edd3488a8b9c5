"""The four lists that have conditions of their own, each with one published thing of a name, in the current tenant."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from tests.factories.directory import make_entry
from tests.factories.projects import make_project, make_shift
from tests.factories.stories import make_story
from tests.factories.ventures import make_call

LISTS: dict[str, Callable[[str], Any]] = {
    "/projects/": lambda name: make_shift(make_project(title=name)).project,
    "/ventures/": lambda name: make_call(title=name),
    "/stories/": lambda name: make_story(title=name),
    "/directory/": lambda name: make_entry(name=name),
}


def shown(response: Any, *names: str) -> list[str]:
    """Those of `names` that stand in the rows of a list, not in its form, in the order of `names`."""
    html = re.sub(r"<wbr>|\u200b", "", unescape(response.content.decode()))
    rows = re.sub(r"(?s)<form.*?</form>|<p class=\"chosen\">.*?</p>|<p[^>]* role=\"note\">.*?</p>", "", html)
    return [name for name in names if name in rows]


def notes(response: Any) -> list[str]:
    """What the page says of how it has read the words."""
    return re.findall(r'role="note">(.*?)</p>', unescape(response.content.decode()))
