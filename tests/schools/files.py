"""Asking for a school's file and looking into it, for its tests."""

import io
import json
import zipfile
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from portal.schools.models import Bundle


def opened(response: Any) -> zipfile.ZipFile:
    assert response.status_code == 200, response.content[:300]
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert packed.testzip() is None
    return packed


def index_of(packed: zipfile.ZipFile) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(packed.read("index.json"))["certificates"]
    return rows


def sheet_of(packed: zipfile.ZipFile) -> Any:
    return load_workbook(io.BytesIO(packed.read("index.xlsx"))).worksheets[0]


def ask(client: Client, desk: str) -> Bundle:
    assert client.post(f"{desk}bundles/").status_code == 302
    return Bundle.objects.latest("pk")


def file_url(desk: str, bundle: Bundle) -> str:
    return f"{desk}bundles/{bundle.key}/file/"
