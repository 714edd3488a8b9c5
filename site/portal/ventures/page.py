"""What the page of one call shows; asked by the public view and by the preview of a draft."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.ventures.enums import STATUS_MARKS, CallStage
from portal.ventures.models import Call
from portal.ventures.queries import earlier_calls
from portal.ventures.stages import end_of_day, stage, steps

EARLIER = 5


@dataclass(frozen=True, slots=True)
class Clock:
    """Time left until `until`, as two figures with their units."""

    label: str
    until: dt.datetime
    figures: list[tuple[int, str]]


def call_context(call: Call, *, now: dt.datetime) -> dict[str, Any]:
    """Four queries, however long the lists are."""
    current = stage(call, now)
    return {
        "call": call,
        "stage": current,
        "mark": STATUS_MARKS[current],
        "steps": [(step.name, step.note, step.state) for step in steps(call, now)],
        "clock": clock(call, now),
        "takes_bids": current in {CallStage.DRAFT, CallStage.ANNOUNCED, CallStage.OPEN},
        "criteria": list(call.criteria.all()),
        "payments": list(call.payments.all()),
        "files": files_of(call),
        "earlier": earlier_calls(call, EARLIER) if call.pk else [],
    }


def clock(call: Call, now: dt.datetime) -> Clock | None:
    """What the visitor waits for at this stage; nothing when no date is set for it."""
    waits: dict[CallStage, tuple[str, dt.datetime | None]] = {
        CallStage.ANNOUNCED: (_("距开始接收"), call.opens_at),
        CallStage.OPEN: (_("距停止接收"), call.closes_at),
        CallStage.CLOSED: (_("距统一开启"), call.bids_opened_at),
        CallStage.PUBLICITY: (_("距公示结束"), end_of_day(call.publicity_to)),
    }
    label, until = waits.get(stage(call, now), ("", None))
    return Clock(label, until, figures(until - now)) if until and until > now else None


def figures(left: dt.timedelta) -> list[tuple[int, str]]:
    """11天6小时; within the last day 6小时20分; at least one minute."""
    minutes = max(int(left.total_seconds() // 60), 1)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return [(days, _("天")), (hours, _("小时"))]
    return [(hours, _("小时")), (rest, _("分"))] if hours else [(rest, _("分"))]


def files_of(call: Call) -> list[tuple[str, str, str]]:
    """Title, address and note (PDF 412 KB) of each document."""
    parts = call.documents.all()
    if call.pk:
        parts = parts.select_related("document")
    return [(str(part), part.document.url, _note(part.document)) for part in parts]


def _note(document: Any) -> str:
    size = filesizeformat(document.file_size) if document.file_size else ""
    return f"{document.file_extension.upper()} {size}".strip()
