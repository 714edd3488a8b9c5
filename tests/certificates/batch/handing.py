"""Handing in a batch and reading its table, for the tests of batches."""

import re
import zipfile
from collections.abc import Callable, Iterable
from html import unescape
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from certificates.numbering import Number

ClientFor = Callable[..., Client]
NEVER = str(Number("120101", 2026, 999_999))
NOBODYS = str(Number("999999", 2026, 1))
PLAIN_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def hand_in(client: Client, data: bytes = b"", name: str = "证书.zip", numbers: str = "") -> Any:
    body: dict[str, Any] = {"numbers": numbers}
    if name and data:
        body["file"] = SimpleUploadedFile(name, data)
    return client.post("/certificates/check/batch/", body)


def table_of(response: Any) -> list[tuple[str, str, str]]:
    """(given, result, note) of every row of the table."""
    assert response.status_code == 200, response.status_code
    rows = response.text.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    return [_cells(row) for row in rows]


def _cells(row: str) -> tuple[str, str, str]:
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)
    words = [" ".join(unescape(re.sub(r"<small>.*?</small>", "", cell)).split()) for cell in cells]
    return words[1], words[2], words[4]


def results(response: Any) -> list[str]:
    return [result for _given, result, _note in table_of(response)]


def zipped(files: Iterable[tuple[str, bytes]], **options: Any) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", **{"compression": zipfile.ZIP_DEFLATED, **options}) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def workbook(rows: Iterable[Iterable[Any]]) -> bytes:
    out, book = BytesIO(), Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()
