"""Rows of a list of numbers: pasted, or in a text, CSV or XLSX file."""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from certificates.batch.archives import FAULTS, refuse_bursting
from certificates.batch.rows import GIVEN_MOST, BatchRefused, Row, row_of_text, too_many
from certificates.numbering import plain_digits

_BETWEEN = re.compile(r"[,，;；、|\t\r\n]+")
_LIKELY = re.compile(r"\d{15,21}", re.ASCII)
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?1[5-9]", re.IGNORECASE)
_HEADINGS = {"证书编号", "编号", "证明编号", "number", "certificate number"}
_COLUMNS_MOST = 50
_LINE_MOST = 10_000
"""Characters of a line that are read; a longer one is no list of numbers."""


def read_text(text: str) -> list[Row]:
    """One number a line, or several with a comma or semicolon between; Raises BatchRefused over the limit."""
    pieces = (piece for piece in _BETWEEN.split(text) if piece.strip())
    return _limited(row_of_text(piece) for piece in pieces)


def read_bytes(data: bytes) -> list[Row]:
    """A text file in the encodings that Chinese systems write."""
    return read_text(_decoded(data))


def read_csv(data: bytes) -> list[Row]:
    """The column headed 证书编号, else whatever looks like a number in each row."""
    text = _decoded(data)
    if any(len(line) > _LINE_MOST for line in text.splitlines()):
        raise _unreadable()
    try:
        return _limited(_rows(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))))
    except csv.Error as fault:
        raise _unreadable() from fault


def read_xlsx(data: bytes) -> list[Row]:
    """The first sheet of a workbook, likewise. A workbook is a ZIP and may burst like one."""
    from openpyxl import load_workbook  # 150 ms to import

    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            refuse_bursting(packed.infolist())
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet: Any = book.worksheets[0]
        return _limited(_rows(sheet.iter_rows(values_only=True, max_col=_COLUMNS_MOST)))
    except BatchRefused:
        raise
    except (*FAULTS, TypeError, AttributeError, SyntaxError) as fault:  # ParseError is a SyntaxError
        raise _unreadable() from fault


def is_workbook(data: bytes) -> bool:
    """A ZIP with the part that every workbook has."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return "xl/workbook.xml" in packed.NameToInfo
    except FAULTS:
        return False


def _unreadable() -> BatchRefused:
    return BatchRefused(_("这个表格打不开。请另存为 .xlsx 或 UTF-8 的 .csv，再交一次。"), field="file")


def _decoded(data: bytes) -> str:
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BatchRefused(_("认不出文件的文字编码，请另存为 UTF-8。"), field="file")


def _delimiter(text: str) -> str:
    head = text[:_LINE_MOST].partition("\n")[0]
    return max(",;\t", key=head.count)


def _limited(rows: Iterable[Row]) -> list[Row]:
    most = settings.CERTIFICATE_BATCH_MOST
    found = list(islice(rows, most + 1))
    if len(found) > most:
        raise too_many()
    return found


def _rows(lines: Iterable[Sequence[Any]]) -> Iterator[Row]:
    column: int | None = None
    for place, line in enumerate(islice(lines, 20 * settings.CERTIFICATE_BATCH_MOST)):
        cells = ["" if cell is None else str(cell).strip() for cell in line[:_COLUMNS_MOST]]
        if place == 0:
            headed = [at for at, cell in enumerate(cells) if cell.lower() in _HEADINGS]
            column = headed[0] if headed else None
        if place == 0 and (column is not None or not any(_likely(cell) for cell in cells)):
            continue
        if any(cells):
            yield _row(cells, column)


def _row(cells: list[str], column: int | None) -> Row:
    if column is not None:
        return _row_of_cell(cells[column] if column < len(cells) else "")
    rows = [_row_of_cell(cell) for cell in cells if _likely(cell)]
    # An identity number in the same row has as many digits, but hardly ever a fitting check digit.
    return next((row for row in rows if row.question), rows[0] if rows else _row_of_cell(""))


def _row_of_cell(cell: str) -> Row:
    if not cell:
        return Row("", problem=_("这一行没有证书编号。"))
    row = row_of_text(cell)
    if row.question is None and (_ROUNDED.fullmatch(cell) or re.fullmatch(r"\d{14,}00", cell)):
        text = _("表格把编号当成了数字，末尾几位丢了。请把这一列设成文本，重新填一次。")
        return Row(cell[:GIVEN_MOST], problem=text)
    return row


def _likely(cell: str) -> bool:
    return bool(_LIKELY.fullmatch(plain_digits(cell)) or _ROUNDED.fullmatch(cell))
