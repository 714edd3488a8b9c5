"""What may be done to a certificate's file before it is dropped on the check page."""

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


def drop(client: Client, data: bytes, name: str = "证书.pdf") -> Any:
    return client.post("/certificates/check/file/", {"file": SimpleUploadedFile(name, data, "application/pdf")})


def resaved(data: bytes, change: Callable[[pikepdf.Pdf], None], **options: Any) -> bytes:
    """What a program that opens, changes and saves the file would give."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def stream_at(data: bytes, needle: bytes) -> tuple[int, int]:
    """Where the deflated stream lies in whose plain text `needle` stands."""
    for match in re.finditer(rb"stream\n", data):
        inflate = zlib.decompressobj()
        try:
            text = inflate.decompress(data[match.end() :])
        except zlib.error:
            continue
        if needle in text:
            return match.end(), len(data) - match.end() - len(inflate.unused_data)
    raise AssertionError(f"{needle!r} is in no stream")


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def scripted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def other_hours(data: bytes) -> bytes:
    """The attached data say 9 minutes more, packed again without a trace."""
    start, length = stream_at(data, b'"minutes": 90')
    plain = zlib.decompress(data[start : start + length]).replace(b'"minutes": 90', b'"minutes": 99')
    return data[:start] + zlib.compress(plain, 9) + data[start + length :]


def numberless(data: bytes) -> bytes:
    """No number any more, wherever it stands."""
    for _turn in range(3):
        start, length = stream_at(data, b"-000001-")
        plain = re.sub(rb"-000001-\d", b"-00000x-x", zlib.decompress(data[start : start + length]))
        data = data[:start] + zlib.compress(plain, 9) + data[start + length :]
    return data


def zipped(data: bytes, name: str = "证书.pdf") -> bytes:
    """The file as it is within an archive, as programs do that pack no PDF a second time."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()
