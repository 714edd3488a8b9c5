"""Reads the structure of an official document (公文) from its plain text, losing nothing but white space."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

_METADATA = {
    "名称": "title",
    "标题": "title",
    "索引号": "index_number",
    "发布机构": "publisher",
    "发文字号": "document_number",
    "主题": "subject",
    "主题分类": "subject",
    "成文日期": "formed_on",
    "发文日期": "issued_on",
    "发布日期": "issued_on",
    "施行日期": "effective_on",
}
_LEVELS = (
    (2, re.compile(r"^[一二三四五六七八九十]+、")),
    (3, re.compile(r"^（[一二三四五六七八九十]+）")),
    (4, re.compile(r"^\d{1,2}[.．、](?!\d)")),
)
_ORDINAL = re.compile(r"^[一二三四五六七八九十]+是")
_DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
_NOTE = re.compile(r"^（[^（）]*）$")
_ENDS = "。！？；：”）"
#: A heading longer than this is a paragraph that happens to begin with a number.
HEADING_MOST = 50


class Kind(StrEnum):
    ADDRESSEE = "addressee"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    SIGNATURE = "signature"
    NOTE = "note"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the document; `level` is 2 for 一、, 3 for （一）, 4 for 1., else 0."""

    kind: Kind
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A document: what its head says, and its parts in order."""

    metadata: dict[str, str] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    draft: bool = False


def read_policy(text: str) -> PolicyText:
    """The document in `text`; lines are paragraphs, empty lines mean nothing."""
    lines = [line.strip() for line in text.replace("\ufeff", "").splitlines()]
    metadata, body = _split_metadata([line for line in lines if line])
    pieces = _itemised(list(_pieces(body)))
    return PolicyText(metadata, tuple(pieces), draft="（征求意见稿）" in body[:3])


def _split_metadata(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    metadata: dict[str, str] = {}
    for number, line in enumerate(lines):
        label, colon, value = line.partition("：")
        name = _METADATA.get(re.sub(r"\s", "", label))
        if not colon or name is None:
            return metadata, list(lines[number:])
        metadata[name] = value.strip()
    return metadata, []


def _pieces(lines: list[str]) -> Iterator[Piece]:
    signed = addressed = False
    position = 0
    while position < len(lines):
        line = lines[position]
        closing = _signature_length(lines[position:])
        titling = _title_length(lines[position:]) if signed else 0
        if closing:
            yield Piece(Kind.SIGNATURE, "\n".join(lines[position : position + closing]))
        elif _NOTE.match(line):
            yield Piece(Kind.NOTE, line)
        elif titling:
            yield Piece(Kind.TITLE, "".join(lines[position : position + titling]))
        elif not addressed and line.endswith("：") and "。" not in line and _level(line) == 0:
            yield Piece(Kind.ADDRESSEE, line)
        else:
            yield from _running(line)
        # A title can only follow the end of the document before it.
        signed = bool(closing) or (signed and bool(_NOTE.match(line)))
        addressed = addressed or not _NOTE.match(line)
        position += max(closing, titling, 1)


def _running(line: str) -> Iterator[Piece]:
    """A heading, a heading with the paragraph that runs on after it, or a paragraph."""
    level = _level(line)
    head, stop, rest = line.partition("。")
    if level == 0 or len(head) > HEADING_MOST:
        yield Piece(Kind.PARAGRAPH, line)
        return
    yield Piece(Kind.HEADING, head + stop, level)
    if rest:
        yield Piece(Kind.PARAGRAPH, rest)


def _level(line: str) -> int:
    return next((level for level, pattern in _LEVELS if pattern.match(line)), 0)


def _unended(line: str) -> bool:
    return not line.endswith(tuple(_ENDS)) and _level(line) == 0


def _signature_length(lines: Sequence[str]) -> int:
    """How many of the lines are names over a date; 0 when they are not."""
    for number, line in enumerate(lines):
        if _DATE.match(line):
            return number + 1
        if not _unended(line):
            return 0
    return 0


def _title_length(lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines) if not _unended(line)), len(lines))


def _itemised(pieces: list[Piece]) -> list[Piece]:
    """Paragraphs 一是, 二是 … become items where nothing but items follows them up to the next heading.

    Where an item runs on over further paragraphs a list would tear them away from it: all stay paragraphs.
    """
    result: list[Piece] = []
    for heading, group in groupby(pieces, key=lambda piece: piece.kind is not Kind.PARAGRAPH):
        run = list(group)
        first = next((n for n, piece in enumerate(run) if _ORDINAL.match(piece.text)), len(run))
        tail = run[first:]
        if not heading and len(tail) > 1 and all(_ORDINAL.match(piece.text) for piece in tail):
            run = [*run[:first], *(Piece(Kind.ITEM, piece.text) for piece in tail)]
        result.extend(run)
    return result
