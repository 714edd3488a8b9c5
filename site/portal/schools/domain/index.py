"""The index inside a school's file, in three forms with the same columns (docs/schools.md)."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from certificates.enums import ProofGrade
from certificates.wording import hours
from portal.core.exporting import BOM, harmless
from portal.schools.enums import ItemState, LeftOut
from portal.schools.models import Bundle, BundleItem

SCHEMA = "yinling.school-certificates/1"
COLUMNS: dict[str, str] = {
    "class": "班级",
    "name": "姓名",
    "volunteer_number": "志愿者编号",
    "certificate": "证书编号",
    "kind": "种类",
    "period_start": "服务期间起",
    "period_end": "服务期间止",
    "hours": "小时",
    "minutes": "分钟",
    "minutes_scan_both_ends": "其中两端扫码分钟",
    "minutes_leader_roll": "其中领队点名分钟",
    "minutes_late_entry": "其中事后补录分钟",
    "services": "服务次数",
    "content": "服务内容",
    "issuer": "出具单位",
    "issued_on": "出具日期",
    "file": "文件",
    "sha256": "文件SHA-256",
    "check": "核验地址",
    "left_out": "没有装入的原因",
}
"""Names in JSON and headings in the tables; both are frozen with the schema, and Chinese whoever asks."""


def write_index(packed: zipfile.ZipFile, bundle: Bundle) -> None:
    """index.json, index.csv, index.xlsx; read three times rather than kept."""
    with packed.open("index.json", "w") as raw, io.TextIOWrapper(raw, encoding="utf-8") as text:
        _write_json(text, bundle)
    with packed.open("index.csv", "w") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        text.write(BOM)
        writer = csv.writer(text)
        writer.writerow(COLUMNS.values())
        writer.writerows([harmless(value) for value in row.values()] for row in rows_of(bundle))
    with tempfile.TemporaryFile() as file:
        _write_xlsx(file, bundle)
        file.seek(0)
        with packed.open("index.xlsx", "w") as entry:
            while chunk := file.read(1 << 20):
                entry.write(chunk)


def rows_of(bundle: Bundle) -> Iterator[dict[str, Any]]:
    """A row for each certificate; of one that was left out nothing but whose it was, and why."""
    items = bundle.items.select_related("certificate", "membership__user").order_by("place")
    for item in items.iterator(chunk_size=500):
        row: dict[str, Any] = dict.fromkeys(COLUMNS, "")
        if item.state == ItemState.PACKED:
            yield {**row, **_packed(item)}
        else:
            yield {**row, **_pupil(item), "left_out": str(LeftOut(item.reason).label)}


def _pupil(item: BundleItem) -> dict[str, Any]:
    """Of whoever is no pupil any more the school learns nothing."""
    if item.membership is None:
        return {}
    return {"class": item.membership.class_name, "name": item.membership.user.name}


def _packed(item: BundleItem) -> dict[str, Any]:
    certificate = item.certificate
    facts = certificate.facts
    by_grade = {f"minutes_{grade.value}": 0 for grade in ProofGrade}
    for row in facts.rows:
        by_grade[f"minutes_{row.grade}"] += row.minutes
    return {
        **_pupil(item),
        "name": facts.holder_name,
        "volunteer_number": facts.volunteer_number,
        "certificate": certificate.number,
        "kind": str(certificate.get_kind_display()),
        "period_start": facts.period_start.isoformat(),
        "period_end": facts.period_end.isoformat(),
        "hours": hours(facts.minutes).replace(",", ""),
        "minutes": facts.minutes,
        **by_grade,
        "services": len(facts.rows),
        "content": facts.main_content,
        "issuer": facts.issuer,
        "issued_on": certificate.issued_on.isoformat(),
        "file": item.entry,
        "sha256": certificate.pdf_sha256,
        "check": certificate.imprint.qr_url,
    }


def _write_json(text: io.TextIOWrapper, bundle: Bundle) -> None:
    head = {
        "schema": SCHEMA,
        "school": bundle.organisation.name,
        "class": bundle.class_name,
        "start": bundle.start.isoformat(),
        "end": bundle.end.isoformat(),
        "asked_at": timezone.localtime(bundle.asked_at).isoformat("T", "seconds"),
    }
    text.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "certificates": [')
    for number, row in enumerate(rows_of(bundle)):
        text.write((",\n" if number else "\n") + json.dumps(row, ensure_ascii=False))
    text.write("\n]}\n")


def _write_xlsx(file: Any, bundle: Bundle) -> None:
    from openpyxl import Workbook  # 90 ms to import

    book = Workbook(write_only=True)
    sheet = book.create_sheet("证书")
    sheet.append(list(COLUMNS.values()))
    for row in rows_of(bundle):
        sheet.append([harmless(value) for value in row.values()])
    book.save(file)
