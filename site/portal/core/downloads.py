"""Tables to take along: CSV that spreadsheets read as Chinese, and XLSX; no cell can become a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from portal.core.exports import harmless

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(name: str, *, plain: str) -> str:
    """A Content-Disposition with the name, and with one in ASCII for programs that read no other (RFC 6266)."""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def csv_response(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """`name.csv` in UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding."""
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow([str(title) for title in head])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return _download(f"{name}.csv", "text/csv; charset=utf-8", stream.getvalue().encode("utf-8-sig"))


def xlsx_response(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """`name.xlsx` with one sheet of texts."""
    from openpyxl import Workbook  # 90 ms to import

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append([str(title) for title in head])
    for row in rows:
        sheet.append([_cell(value) for value in row])
    stream = BytesIO()
    book.save(stream)
    return _download(f"{name}.xlsx", _XLSX, stream.getvalue())


def _download(filename: str, content_type: str, body: bytes) -> HttpResponse:
    disposition = content_disposition_header(True, filename) or "attachment"
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": disposition})


def _cell(value: Any) -> str:
    return str(harmless("" if value is None else str(value)))
