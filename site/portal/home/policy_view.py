"""Turns a policy page's parts into what its template shows: headings with anchors, and their list."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from portal.home.models import PolicyPage

_HEADING = re.compile(r"<(h[23])[^>]*>(.*?)</\1>", re.S)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents."""

    anchor: str
    text: str
    sub: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One block: its kind, and its text or finished HTML."""

    kind: str
    value: str | SafeString


def policy_context(page: PolicyPage) -> dict[str, Any]:
    """`parts` and `contents` of a document."""
    contents: list[Entry] = []
    parts = []
    for block in page.body:
        if block.block_type == "text":
            parts.append(Part("text", _anchored(block.value.source, contents)))
        else:
            parts.append(Part(block.block_type, str(block.value)))
    return {"parts": parts, "contents": contents}


def _anchored(source: str, contents: list[Entry]) -> SafeString:
    """HTML whose headings carry ids; each is entered into `contents` without its full stop."""

    def anchor(found: re.Match[str]) -> str:
        tag, inner = found.groups()
        entry = Entry(f"s{len(contents) + 1}", strip_tags(inner).rstrip("。"), tag == "h3")
        contents.append(entry)
        return f'<{tag} id="{entry.anchor}">{inner}</{tag}>'

    # The source is what Wagtail's editor (or publish_policy, which escapes) stored: tags of the allowed list only.
    return mark_safe(_HEADING.sub(anchor, expand_db_html(source)))  # noqa: S308
