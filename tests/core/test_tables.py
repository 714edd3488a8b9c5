"""Tables as officers' programs save them."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from portal.core.exports import harmless
from portal.core.tables import BYTES_MOST, TableRefused, read_table

COLUMNS = {"code": ("代码", "区划代码"), "name": ("名称",), "note": ("备注?",)}


def read(content: bytes, name: str = "表.csv") -> Any:
    return read_table(io.BytesIO(content), name=name, columns=COLUMNS)


def sheet(*rows: list[Any]) -> bytes:
    book: Any = Workbook()
    for row in rows:
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def repacked(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return output.getvalue()


def bomb() -> bytes:
    """A workbook of some kilobytes whose styles are 60 MB."""
    return repacked(sheet(["代码", "名称"]), "xl/styles.xml", lambda part: part + b" " * 60 * 2**20)


def endless() -> bytes:
    """The third column is the last that there can be: each row has 16,384 cells."""
    third = '<c r="XFD1" t="inlineStr"><is><t>备注</t></is></c></row>'.encode()
    row = b'<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c><c r="XFD2"><v>3</v></c></row></sheetData>'

    def change(part: bytes) -> bytes:
        longer = part.replace(b"</row>", third).replace(b"A1:B1", b"A1:XFD2")
        return longer.replace(b"</sheetData>", row)

    return repacked(sheet(["代码", "名称"]), "xl/worksheets/sheet1.xml", change)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_each_encoding_that_chinese_programs_write(encoding: str) -> None:
    assert read("代码,名称\n120101001001,甲社区\n".encode(encoding)) == [
        (2, {"code": "120101001001", "name": "甲社区"})
    ]


def test_xlsx_whose_codes_have_become_numbers() -> None:
    rows = read(sheet(["名称", "区划代码", "备注"], ["甲社区", 120101001001.0, None]), "表.xlsx")

    assert rows == [(2, {"code": "120101001001", "name": "甲社区", "note": ""})]


def test_empty_rows_are_skipped_and_the_numbers_are_those_of_the_sheet() -> None:
    assert [number for number, _row in read("代码,名称\n\n,\n1,甲\n".encode())] == [4]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.csv", "没有内容"),
        ("名称\n甲".encode(), "a.csv", "缺少：代码"),
        (b"MZ\x90", "a.exe", ".xlsx 或 .csv"),
        (b"PK\x03\x04not a zip", "a.xlsx", "打不开"),
        (b"\xff\xfe\x81\xff", "a.csv", "文字编码"),
        (b"a" * (BYTES_MOST + 1), "a.csv", "超过5 MB"),
        ("代码,名称\n".encode() + b"1,a\n" * 5001, "a.csv", "5000行"),
        (bomb(), "a.xlsx", "大得不正常"),
        ('代码,名称\n"'.encode() + b"a" * 200_000, "a.csv", "打不开"),
    ],
    ids=["empty", "headings", "program", "no workbook", "encoding", "size", "rows", "bomb", "cell without end"],
)
def test_what_is_no_table_is_refused_by_what_is_wrong(content: bytes, name: str, message: str) -> None:
    with pytest.raises(TableRefused) as refused:
        read(content, name)

    assert refused.value.field == "file"
    assert message in refused.value.messages[0]


def test_columns_without_end_are_not_read() -> None:
    assert read(endless(), "表.xlsx") == [(2, {"code": "1", "name": "2"})]


@pytest.mark.parametrize("value", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1"])
def test_what_a_spreadsheet_would_run_is_disarmed(value: str) -> None:
    assert harmless(value) == f"'{value}"


def test_numbers_and_plain_text_leave_as_they_are() -> None:
    assert (harmless(-5), harmless("甲社区")) == (-5, "甲社区")
