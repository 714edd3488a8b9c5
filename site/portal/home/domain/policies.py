"""Publishes official documents from their text."""

import datetime as dt
import re
import tomllib
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.home.domain.policy_text import Kind, Piece, PolicyText, read_policy
from portal.home.enums import PolicyStatus
from portal.home.models import PolicyIndexPage, PolicyPage

_FOLDER = Path(__file__).resolve().parents[1] / "data" / "policies"
_RUNNING = {Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM}
_DATES = ("formed_on", "issued_on", "effective_on")


class PolicyRefused(DomainError):
    """The text cannot become a page as it stands."""


def publish_policy(text: str, *, slug: str, title: str = "", summary: str = "", by: Any = None) -> PolicyPage:
    """Make and publish the page of the document in `text`, whole.

    Its head (名称, 索引号 …) gives title and data; `title` is needed where there is none. A text that calls
    itself 征求意见稿 is published as a draft for comment. Raises PolicyRefused.
    """
    policy = read_policy(text)
    issuers, own_title = _split_name(policy.metadata.get("title", ""))
    if not (title or own_title):
        raise PolicyRefused(_("正文前没有“名称”一行，请另给标题。"), field="title")
    if not policy.pieces:
        raise PolicyRefused(_("只有公文信息，没有正文。"), field="text")
    with transaction.atomic():
        index = PolicyIndexPage.objects.select_for_update(of=("self",)).get()
        if index.get_children().filter(slug=slug).exists():
            raise PolicyRefused(_("已有网址为“%(slug)s”的文件。") % {"slug": slug}, field="slug")
        page = PolicyPage(
            title=title or own_title, slug=slug, summary=summary, issuers=issuers, owner=by, **_facts(policy)
        )
        page.body = page.body.stream_block.to_python(_body(policy.pieces))
        index.add_child(instance=page)
        page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
    return page


def publish_governing_policy(*, division_code: str, by: Any = None) -> PolicyPage | None:
    """Publish the document that governs the place, from the texts that come with the project; None if there is none."""
    spec = next((spec for prefix, spec in _index().items() if division_code.startswith(prefix)), None)
    if spec is None:
        return None
    text = (_FOLDER / spec["file"]).read_text(encoding="utf-8")
    return publish_policy(text, slug=spec["slug"], title=spec.get("title", ""), summary=spec["summary"], by=by)


@lru_cache(maxsize=1)
def _index() -> dict[str, dict[str, str]]:
    with (_FOLDER / "index.toml").open("rb") as file:
        return tomllib.load(file)


def _facts(policy: PolicyText) -> dict[str, Any]:
    texts = {name: value for name, value in policy.metadata.items() if name not in {"title", *_DATES}}
    dates = {name: _date(policy.metadata[name], name) for name in _DATES if policy.metadata.get(name)}
    return {**texts, **dates, "status": PolicyStatus.DRAFT if policy.draft else PolicyStatus.IN_FORCE}


def _split_name(name: str) -> tuple[str, str]:
    """Bodies and title of 市民政局 市文明办 关于印发《…》的通知."""
    bodies, about, rest = name.partition("关于")
    return (bodies.strip(), about + rest) if about and bodies.strip() else ("", name)


def _date(text: str, field: str) -> dt.date:
    found = re.fullmatch(r"(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?", text)
    try:
        return dt.date(*map(int, found.groups()))  # type: ignore[union-attr]  # no match is caught below
    except (AttributeError, ValueError) as error:
        raise PolicyRefused(_("“%(text)s”不是日期，应写成 2023年12月06日。") % {"text": text}, field=field) from error


def _body(pieces: tuple[Piece, ...]) -> list[dict[str, str]]:
    """The parts as blocks of the page: running text in one, each other part in its own."""
    blocks = []
    for running, group in groupby(pieces, key=lambda piece: piece.kind in _RUNNING):
        if running:
            blocks.append({"type": "text", "value": _html(list(group))})
        else:
            blocks.extend({"type": str(piece.kind), "value": piece.text} for piece in group)
    return blocks


def _html(pieces: list[Piece]) -> str:
    parts = []
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        texts = [(piece.level, str(escape(piece.text))) for piece in group]
        if kind is Kind.HEADING:
            parts += [f"<h{level}>{text}</h{level}>" for level, text in texts]
        elif kind is Kind.ITEM:
            parts.append("<ul>" + "".join(f"<li>{text}</li>" for _level, text in texts) + "</ul>")
        else:
            parts += [f"<p>{text}</p>" for _level, text in texts]
    return "".join(parts)
