"""Which shifts may stand together in one project: the rules that every form and import asks."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from portal.projects.models import Shift

LONGEST = dt.timedelta(hours=24)
Fault = tuple[Shift, str, str]


def faults(shifts: Sequence[Shift], *, before: Mapping[int, Shift], now: dt.datetime) -> Iterator[Fault]:
    """(shift, field, message) for everything wrong; `before` holds the stored rows by key."""
    for shift in shifts:
        if shift.starts_at and shift.ends_at and shift.places is not None:
            yield from _alone(shift, before.get(shift.pk or 0), now)
    yield from _overlapping(shifts)


def removal_fault(shift: Shift) -> str:
    """Why a stored shift may not be deleted, or nothing."""
    if not shift.is_in_use():
        return ""
    return _("%(shift)s这一班已有人报名，不能删除。请取消这一班，系统会通知报名的人。") % {"shift": shift}


def _alone(shift: Shift, was: Shift | None, now: dt.datetime) -> Iterator[Fault]:
    if shift.ends_at - shift.starts_at > LONGEST:
        yield shift, "ends_at", _("一班不超过24小时，请分成几班。")
    if was is None:
        if shift.starts_at <= now:
            yield shift, "starts_at", _("开始时间已经过去，请填以后的时间。")
        return
    if shift.starts_at != was.starts_at:
        if was.starts_at <= now:
            yield shift, "starts_at", _("这一班已经开始，不能再改开始时间。")
        elif shift.starts_at <= now:
            yield shift, "starts_at", _("开始时间已经过去，请填以后的时间。")
    if shift.places < was.taken:
        yield shift, "places", _("这一班已有%(taken)s人报名，名额不能少于%(taken)s。") % {"taken": was.taken}


def _overlapping(shifts: Sequence[Shift]) -> Iterator[Fault]:
    held = sorted((s for s in shifts if s.starts_at and s.ends_at and not s.is_cancelled), key=lambda s: s.starts_at)
    for earlier, later in pairwise(held):
        if later.starts_at < earlier.ends_at:
            yield later, "starts_at", _("与%(shift)s这一班时间重叠。") % {"shift": earlier}
