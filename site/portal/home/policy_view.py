"""Turns a policy page's parts into what its template shows: headings with anchors, and their list."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.dateformat import format as date_format
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.rich_text import expand_db_html

from portal.home.models import PolicyPage

HEADING = re.compile(r"<(h[23])[^>]*>(.*?)</\1>", re.S)
_FACTS = ("index_number", "document_number", "publisher", "subject", "formed_on", "issued_on", "effective_on")


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

    @property
    def lines(self) -> list[list[str]]:
        """The names on each line of a signature."""
        return [line.split() for line in self.value.splitlines()]


def policy_context(page: PolicyPage) -> dict[str, Any]:
    """Everything that the template of a document shows beside its title."""
    contents: list[Entry] = []
    parts = []
    for block in page.body:
        if block.block_type == "text":
            parts.append(Part("text", _anchored(block.value.source, contents)))
        else:
            parts.append(Part(block.block_type, str(block.value)))
    return {
        "parts": parts,
        "contents": contents,
        "issuers": "、".join(page.issuers.split()),
        "facts": _pairs(page),
        "attachments": [_file(attachment) for attachment in page.attachments.select_related("document")],
        "draft_note": _("全文可以查阅、打印；正式文件以后来发布的为准。"),
    }


def _anchored(source: str, contents: list[Entry]) -> SafeString:
    """HTML whose headings carry ids; each is entered into `contents` without its full stop."""

    def anchor(found: re.Match[str]) -> str:
        tag, inner = found.groups()
        entry = Entry(f"s{len(contents) + 1}", strip_tags(inner).rstrip("。"), tag == "h3")
        contents.append(entry)
        return f'<{tag} id="{entry.anchor}">{inner}</{tag}>'

    # The source is what Wagtail's editor (or publish_policy, which escapes) stored: tags of the allowed list only.
    return mark_safe(HEADING.sub(anchor, expand_db_html(source)))  # noqa: S308  (Wagtail has cleaned the rich text)


def _pairs(page: PolicyPage) -> list[list[tuple[str, str]]]:
    """The data that are there, two to a row."""
    facts = []
    for name in _FACTS:
        value = getattr(page, name)
        if value:
            label = str(page._meta.get_field(name).verbose_name)
            facts.append((label, value if isinstance(value, str) else _official(value)))
    return [facts[start : start + 2] for start in range(0, len(facts), 2)]


def _official(day: dt.date) -> str:
    """`2023年12月06日`, as documents have it."""
    return date_format(day, pgettext("date format", "Y年m月d日"))


def _file(attachment: Any) -> tuple[str, str, str]:
    document = attachment.document
    size = filesizeformat(document.get_file_size())
    return str(attachment), document.url, f"{document.file_extension.upper()} {size}"
