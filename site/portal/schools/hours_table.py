"""Hours for a school's own system (综合素质评价, credits); the columns are documented in docs/schools.md."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from certificates.wording import LANGUAGE, hours
from portal.schools.queries import Choice
from portal.volunteers.models import ServiceRecord

SCHEMA = "yinling.school-hours/1"
COLUMNS: dict[str, str] = {
    "class": "班级",
    "name": "姓名",
    "volunteer_number": "志愿者编号",
    "record": "记录编号",
    "date": "日期",
    "activity": "活动名称",
    "content": "服务内容",
    "place": "地点",
    "organiser": "组织单位",
    "in_charge": "负责人",
    "hours": "小时",
    "minutes": "分钟",
    "proof": "怎么记的",
    "confirmed_at": "确认时间",
}
"""Names in JSON, which has `proof_words`, too, and headings in CSV; frozen with the schema, Chinese whoever asks."""


def rows(records: Iterable[ServiceRecord]) -> list[dict[str, Any]]:
    """One row for each confirmed record; times are the site's."""
    with translation.override(LANGUAGE):
        return [_row(record) for record in records]


def lines(records: Iterable[ServiceRecord]) -> list[list[Any]]:
    """The same for people and their spreadsheets: words alone, and times as a clock shows them."""
    shown = [{**row, "proof": row["proof_words"], "confirmed_at": _clock(row["confirmed_at"])} for row in rows(records)]
    return [[row[name] for name in COLUMNS] for row in shown]


def _row(record: ServiceRecord) -> dict[str, Any]:
    return {
        "class": getattr(record, "class_name") or "",  # noqa: B009  (annotated by the query)
        "name": record.volunteer.user.name,
        "volunteer_number": record.volunteer.number,
        "record": record.pk,
        "date": record.date.isoformat(),
        "activity": record.activity,
        "content": record.content,
        "place": record.place,
        "organiser": record.organiser,
        "in_charge": record.in_charge,
        "hours": hours(record.minutes).replace(",", ""),
        "minutes": record.minutes,
        "proof": str(record.grade),
        "proof_words": str(record.get_grade_display()),
        "confirmed_at": timezone.localtime(record.confirmed_at).isoformat("T", "seconds")
        if record.confirmed_at
        else "",
    }


def _clock(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M}" if moment else ""


def document(choice: Choice, records: Iterable[ServiceRecord]) -> dict[str, Any]:
    """The whole JSON file."""
    return {
        "schema": SCHEMA,
        "school": choice.organisation.name,
        "class": choice.class_name,
        "start": choice.start.isoformat(),
        "end": choice.end.isoformat(),
        "records": rows(records),
    }
