"""Batches that are built to burst, lie, are damaged or too large: refused at the field, or answered file by file."""

import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from certificates.download import pdf_bytes
from certificates.models import Certificate
from tests.certificates.batch.handing import (
    NEVER,
    PLAIN_PDF,
    ClientFor,
    hand_in,
    table_of,
    zipped,
)


def lying(data: bytes) -> bytes:
    """The directory says that the files are small."""
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 10) + data[at + 28 :]


def crowded() -> bytes:
    return zipped(((f"{number}.pdf", b"") for number in range(2100)), compression=zipfile.ZIP_STORED)


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a bomb": (lambda: zipped([("a.pdf", b"0" * 3_000_000)]), "a.zip", "大得不正常"),
    "too much in all": (lambda: zipped([(f"{n}.pdf", bytes(200)) for n in range(9)]), "a.zip", "大得不正常"),
    "too many files": (lambda: zipped([(f"{n}.pdf", b"") for n in range(501)]), "a.zip", "一次最多核验500张"),
    "far too many files": (crowded, "a.zip", "一次最多核验500张"),
    "a ZIP that is cut off": (lambda: zipped([("a.pdf", PLAIN_PDF)])[:-10], "a.zip", "这个ZIP打不开"),
    "a head without an archive": (lambda: b"PK\x03\x04" + b"x" * 100, "a.zip", "这个ZIP打不开"),
    "an end without an archive": (lambda: b"PK\x05\x06" + b"\xff" * 18, "a.zip", "一次最多核验500张"),
    "an empty archive": (lambda: zipped([]), "a.zip", "没有证书编号"),
    "a broken workbook": (lambda: zipped([("xl/workbook.xml", b"<a")]), "a.xlsx", "这个表格打不开"),
    "a workbook that bursts": (
        lambda: zipped([("xl/workbook.xml", b"<a/>"), ("b.xml", b" " * 3_000_000)]),
        "a.xlsx",
        "大得不正常",
    ),
    "an endless line": (lambda: b"1," * 20_000, "a.csv", "这个表格打不开"),
    "too many lines": (lambda: f"{NEVER}\n".encode() * 501, "a.txt", "一次最多核验500张"),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.jpg", "请交ZIP、PDF"),
    "an old spreadsheet": (lambda: b"\xd0\xcf\x11\xe0\x00\x00", "a.xls", "旧的 .xls 请另存为 .xlsx"),
    "no encoding": (lambda: b"\xff\xfe\x00", "a.txt", "认不出文件的文字编码"),
    "white space": (lambda: b" \r\n\t", "a.txt", "文件是空的"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_taken_is_refused_at_the_field(
    case: str, tenant_a: Any, client_for: ClientFor, platform_client: Client, settings: Any
) -> None:
    make, name, words = BAD[case]
    if case == "too much in all":
        settings.CERTIFICATE_BATCH_UNPACKED_BYTES = 1700
    for client in (client_for(tenant_a), platform_client):
        response = hand_in(client, make(), name)
        assert response.status_code == 422
        assert words in response.text
        assert 'aria-invalid="true"' in response.text


def test_files_that_lie_or_are_locked_or_damaged_are_answered_each(tenant_a: Any, client_for: ClientFor) -> None:
    good = zipped([("a.pdf", PLAIN_PDF)], compression=zipfile.ZIP_STORED)
    locked, damaged, squeezed = (
        bytearray(good),
        bytearray(good),
        zipped([("a.pdf", PLAIN_PDF)], compression=zipfile.ZIP_LZMA),
    )
    locked[good.rfind(b"PK\x01\x02") + 8] |= 1
    damaged[good.find(b"%PDF") + 3] ^= 1
    client = client_for(tenant_a)
    notes = [table_of(hand_in(client, bytes(data)))[0][2] for data in (locked, damaged, squeezed, lying(good))]
    assert notes == [
        "加了密码，打不开。",
        "解不开，文件在压缩包里损坏了。",
        "这种压缩方式读不了，请存成普通ZIP。",
        "解不开，文件在压缩包里损坏了。",
    ]


def test_one_file_too_large_leaves_the_others(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, settings: Any
) -> None:
    settings.CERTIFICATE_CHECK_FILE_BYTES = 2**20
    large = zipped(
        [("大.pdf", bytes(range(256)) * 4097), ("一.pdf", pdf_bytes(issued))], compression=zipfile.ZIP_STORED
    )
    assert [row[1:] for row in table_of(hand_in(client_for(tenant_a), large))] == [
        ("没有核验", "超过1 MB，没有核验。"),
        ("真的，有效", ""),
    ]


def test_names_of_files_from_windows_are_readable(tenant_a: Any, client_for: ClientFor) -> None:
    data = zipped([("abcdef.pdf", PLAIN_PDF)]).replace(b"abcdef.pdf", "王小美".encode("gb18030") + b".pdf")
    assert table_of(hand_in(client_for(tenant_a), data))[0][0] == "王小美.pdf"


def test_too_large_a_batch_is_refused_unread(tenant_a: Any, client_for: ClientFor) -> None:
    response = client_for(tenant_a).generic(
        "POST", "/certificates/check/batch/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=200 * 2**20
    )
    assert response.status_code == 413
    assert "最多20 MB" in response.text
