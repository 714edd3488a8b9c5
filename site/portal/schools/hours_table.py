"""Hours for a school's own system (综合素质评价, credits); the columns are documented in docs/schools.md."""

from collections.abc import Iterable
from typing import Any

from certificates.wording import hours
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
"""Names in JSON and headings in CSV; frozen with the schema, and Chinese whoever asks."""


def rows(records: Iterable[ServiceRecord]) -> list[dict[str, Any]]:
    """One row for each confirmed record."""
    return [
        {
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
            "confirmed_at": record.confirmed_at.isoformat() if record.confirmed_at else "",
        }
        for record in records
    ]


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
