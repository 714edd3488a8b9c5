"""The one function that moves a service record, and the line it leaves in the log."""

from typing import Any

from django.utils.translation import gettext as _

from portal.volunteers.domain import errors
from portal.volunteers.enums import RECORD_MOVES, RecordState
from portal.volunteers.models import RecordChange, ServiceRecord

_KEPT = ("state", "minutes_given", "minutes", "grade", "reason", "entered_by_id", "confirmed_by_id")


def lock_record(record: ServiceRecord) -> ServiceRecord:
    """The record as it stands now."""
    locked = ServiceRecord.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("volunteer__user", "project", "shift").get(pk=record.pk)


def begin(record: ServiceRecord, *, by: Any, why: str = "") -> None:
    """Save a new record and log its first state."""
    record.save()
    _log(record, {}, by=by, why=why)


def move(record: ServiceRecord, to: RecordState, *, by: Any, why: str = "", **fields: Any) -> None:
    """Change state and `fields` by the table of moves; MoveRefused otherwise. The record is locked by the caller."""
    now = RecordState(record.state)
    if to not in RECORD_MOVES[now]:
        message = _("这笔记录现在是“%(now)s”，不能改为“%(to)s”。刷新页面看看最新情况。")
        raise errors.MoveRefused(message % {"now": now.label, "to": to.label})
    before = _kept(record)
    record.state = to
    for name, value in fields.items():
        setattr(record, name, value)
    record.save(update_fields=["state", *fields])
    _log(record, before, by=by, why=why)


def reason_given(why: str) -> str:
    """The reason without blanks around it; ReasonMissing when there is none."""
    why = " ".join(why.split())
    if not why:
        raise errors.ReasonMissing(_("请写明原因，让看到这笔记录的人都明白。"), field="reason")
    if len(why) > 200:
        raise errors.ReasonMissing(_("原因不超过200字，请写短一些。"), field="reason")
    return why


def _log(record: ServiceRecord, before: dict[str, Any], *, by: Any, why: str) -> None:
    RecordChange.objects.create(
        record=record, by=by, to_state=record.state, why=why, before=before, after=_kept(record)
    )


def _kept(record: ServiceRecord) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in _KEPT}
    return {name: str(value) if name in ("state", "grade") else value for name, value in values.items()}
