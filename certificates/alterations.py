"""Which parts of a PDF were altered, by name: found in its inflated streams; what was issued is never shown.

Nothing is ever called unaltered: a file may hold every stream of the original and show another page.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from certificates.credentials.reading import comparable
from certificates.traces import texts_in

_SEAL = re.compile(rb"/Contents <([0-9a-fA-F]{256,})>")
_IDENTIFIER = re.compile(rb"/ID \[\(([0-9a-f]{32})\)")
_SHOWS_TEXT = re.compile(rb"\bT[jJ]\b")
_FIELDS_MOST = 8
"""Fields of the data that are named one by one."""


def altered_parts(given: bytes, issued: bytes) -> tuple[str, ...]:
    """Names of what `given` has otherwise than the stored PDF; empty where it does not descend from it.

    To others nothing is named: they could try names and hours until one of them is no longer called different.
    """
    texts = list(texts_in(given))
    if not _descends(texts, issued):
        return ()
    streams = islice(texts_in(issued), 1, None)  # the first is the file itself, in whose bytes any word can stand
    lost = [text for text in streams if text not in texts]
    named = (
        _("印出来的内容") if any(map(_is_page, lost)) else "",
        *(_data_fields(texts, lost)),
        _("附带的表格") if any(map(_is_table, lost)) else "",
        _("字体，它决定字显示成什么") if any(map(_is_font, lost)) else "",
    )
    return tuple(name for name in named if name)


def _descends(texts: list[bytes], issued: bytes) -> bool:
    """Whether it carries what nobody can make who does not have the original: its seal, else its identifier."""
    if seal := _SEAL.search(issued):
        digits = seal[1].rstrip(b"0").lower()[-128:]
        marks = [digits, bytes.fromhex(digits.decode())]
    elif identifier := _IDENTIFIER.search(issued):
        marks = [identifier[1], identifier[1].hex().encode()]
    else:
        return False
    return any(mark in text or mark in text.lower() for text in texts for mark in marks)


def _is_page(text: bytes) -> bool:
    return b"BT" in text and _SHOWS_TEXT.search(text) is not None


def _is_data(text: bytes) -> bool:
    return text.startswith(b'{"number"')


def _is_table(text: bytes) -> bool:
    return text.startswith("\ufeff证书编号,".encode())


def _is_font(text: bytes) -> bool:
    return text.startswith(b"\x00\x01\x00\x00") or b"begincmap" in text


def _data_fields(texts: list[bytes], lost: list[bytes]) -> Iterator[str]:
    """Fields of the attached data; the data as such where they are gone or are none any more."""
    issued = next(filter(_is_data, lost), None)
    if issued is None:
        return
    for text in filter(_is_data, texts):
        try:
            names = list(dict.fromkeys(_fields(json.loads(text), json.loads(issued))))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue
        yield from (_("附带数据里的%(field)s") % {"field": name} for name in names[:_FIELDS_MOST])
        if len(names) > _FIELDS_MOST:
            yield _("附带数据里的其他项")
        return
    yield _("附带的数据")


def _fields(said: dict[str, Any], meant: dict[str, Any]) -> Iterator[str]:
    facts, rows = said["facts"], said["facts"]["rows"]
    for names, label in _labels():
        if any(comparable(part.get(name)) != comparable(meant_part.get(name)) for part, meant_part in (
            (said, meant), (facts, meant["facts"]),
        ) for name in names):  # fmt: skip
            yield label
    if len(rows) != len(meant["facts"]["rows"]):
        yield _("服务次数")
    for number, (row, meant_row) in enumerate(zip(rows, meant["facts"]["rows"], strict=False), start=1):
        for name, label in _row_labels():
            if comparable(row.get(name)) != comparable(meant_row.get(name)):
                yield _("第%(number)s次服务的%(field)s") % {"number": number, "field": label}


def _labels() -> Iterator[tuple[tuple[str, ...], str]]:
    yield ("number",), _("编号")
    yield ("issued_on",), _("出具日期")
    yield ("qr_url", "check_host", "platform_host"), _("核验地址")
    yield ("holder_name", "holder_masked"), _("姓名或名称")
    yield ("id_kind", "id_masked"), _("证件")
    yield ("volunteer_number",), _("志愿者编号")
    yield ("period_start", "period_end"), _("服务期间")
    yield ("part",), _("只列的项目或单位")
    yield ("main_content",), _("服务内容")
    yield ("bodies",), _("出具单位")
    yield ("honour",), _("证书正文、时长或星级")
    yield ("programme", "seal", "design", "schema"), _("版式")


def _row_labels() -> Iterator[tuple[str, str]]:
    yield "day", _("日期")
    yield "project", _("活动名称")
    yield "content", _("服务内容")
    yield "place", _("地点")
    yield "minutes", _("时长")
    yield "grade", _("记录方式")
