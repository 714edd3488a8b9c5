"""Reads the tables that officers upload: CSV as Excel and WPS save it, and XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from portal.core.errors import DomainError

BYTES_MOST = 5 * 1024 * 1024
ROWS_MOST = 5_000
COLUMNS_MOST = 100
UNPACKED_MOST = 10 * BYTES_MOST
"""A workbook is a ZIP and may burst like one: openpyxl reads its texts whole."""


class TableRefused(DomainError):
    """The file cannot be read as a table."""


def read_table(
    file: BinaryIO, *, name: str, columns: Mapping[str, tuple[str, ...]]
) -> list[tuple[int, dict[str, str]]]:
    """Rows as (number in the sheet, values by column).

    `columns` names each wanted column with the headings by which it may go; one whose first heading
    ends in “?” may be missing. Empty rows are skipped. Raises TableRefused with the field `file`.
    """
    content = file.read(BYTES_MOST + 1)
    if len(content) > BYTES_MOST:
        raise TableRefused(_("文件超过5 MB，请分成几份。"), field="file")
    lines = list(_limited(_lines(content, name.lower())))
    if not lines:
        raise TableRefused(_("文件里没有内容。"), field="file")
    places = _places([cell.strip() for cell in lines[0]], columns)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        values = {column: line[at].strip() if at < len(line) else "" for column, at in places.items()}
        if any(values.values()):
            rows.append((number, values))
    return rows


def _lines(content: bytes, name: str) -> Iterator[list[str]]:
    if name.endswith(".xlsx"):
        yield from _xlsx(content)
    elif name.endswith(".csv"):
        yield from _csv(content)
    else:
        raise TableRefused(_("请上传 .xlsx 或 .csv 文件；旧的 .xls 请在表格软件里另存为 .xlsx。"), field="file")


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(_text(content), newline=""))
    except csv.Error as error:  # a cell without end
        raise TableRefused(_("这个文件打不开，可能已损坏或不是真正的 .csv。"), field="file") from error


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # Excel in Chinese saves the second
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused(_("认不出文件的文字编码，请另存为 UTF-8 的 CSV 或 .xlsx。"), field="file")


def _xlsx(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # 150 ms to import

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            bursting = sum(entry.file_size for entry in packed.infolist()) > UNPACKED_MOST
        if bursting:
            raise TableRefused(_("表格解开后大得不正常，没有打开。请只留要导入的那一张表。"), field="file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet: Any = book.worksheets[0]
        for row in sheet.iter_rows(values_only=True, max_col=COLUMNS_MOST):
            yield [_cell(value) for value in row]
    except TableRefused:
        raise
    except Exception as error:
        # openpyxl raises whatever zipfile, its XML parser or a missing part raise; all mean the same to a person.
        raise TableRefused(_("这个文件打不开，可能已损坏或不是真正的 .xlsx。"), field="file") from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # Excel turns codes into numbers: 120101001001.0 is 120101001001.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _limited(lines: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, line in enumerate(lines):
        if number > ROWS_MOST:
            raise TableRefused(_("一次最多导入5000行，请分成几份。"), field="file")
        yield line


def _places(headings: list[str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    places, missing = {}, []
    for column, names in columns.items():
        found = next((headings.index(name.rstrip("?")) for name in names if name.rstrip("?") in headings), None)
        if found is not None:
            places[column] = found
        elif not names[0].endswith("?"):
            missing.append(names[0])
    if missing:
        raise TableRefused(_("第1行应是列名，缺少：%(names)s。") % {"names": "、".join(missing)}, field="file")
    return places
