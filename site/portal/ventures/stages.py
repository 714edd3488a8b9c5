"""Where a call stands at a given moment: one pure function, asked by pages, lists, admin and exports alike."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.days import day_in, with_clock
from portal.ventures.enums import CallStage


def stage(call: Any, now: dt.datetime) -> CallStage:
    """The stage of `call` at `now`. A moment belongs to what begins with it: at closing time it is closed."""
    if call.cancelled_on:
        return CallStage.CANCELLED
    if not call.live:
        return CallStage.DRAFT
    today = timezone.localtime(now).date()
    reached = [
        (call.results_on is not None and today >= call.results_on, CallStage.RESULTS),
        (call.publicity_to is not None and today > call.publicity_to, CallStage.DECIDING),
        (call.publicity_from is not None and today >= call.publicity_from, CallStage.PUBLICITY),
        (call.bids_opened_at is not None and now >= call.bids_opened_at, CallStage.REVIEW),
        (now >= call.closes_at, CallStage.CLOSED),
        (now >= call.opens_at, CallStage.OPEN),
    ]
    return next((found for is_reached, found in reached if is_reached), CallStage.ANNOUNCED)


def end_of_day(date: dt.date | None) -> dt.datetime | None:
    """The first moment after `date` in the site's time."""
    if date is None:
        return None
    return timezone.make_aware(dt.datetime.combine(date + dt.timedelta(days=1), dt.time.min))


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the strip on a call's page; `state` is done, now or next."""

    name: str
    note: str
    state: str


_AT = {
    CallStage.DRAFT: 0,
    CallStage.ANNOUNCED: 0,
    CallStage.OPEN: 1,
    CallStage.CLOSED: 2,
    CallStage.REVIEW: 3,
    CallStage.PUBLICITY: 4,
    CallStage.DECIDING: 5,
    CallStage.RESULTS: 5,
}


def steps(call: Any, now: dt.datetime) -> list[Step]:
    """The six stations whose dates the announcement states; a cancelled call has none."""
    current = stage(call, now)
    if current == CallStage.CANCELLED:
        return []
    year = call.published_on.year
    notes = [
        (_("征集公告"), _day(call.published_on, year)),
        (_("申报"), _("%(moment)s止") % {"moment": _moment(call.closes_at, year)}),
        (_("统一开启"), _moment(call.bids_opened_at, year)),
        (_("审查和评审"), ""),
        (_("公示"), _period(call.publicity_from, call.publicity_to, year)),
        (_("公布结果"), _day(call.results_on, year)),
    ]
    at = len(notes) if current == CallStage.RESULTS else _AT[current]
    return [
        Step(name, note, "done" if index < at else "now" if index == at else "next")
        for index, (name, note) in enumerate(notes)
    ]


def _day(date: dt.date | None, year: int) -> str:
    """11月9日; with its year when that is not `year`."""
    return day_in(year, date) if date else ""


def _moment(moment: dt.datetime | None, year: int) -> str:
    return with_clock(day_in(year, moment), moment) if moment else ""


def _period(start: dt.date | None, end: dt.date | None, year: int) -> str:
    return f"{_day(start, year)}—{_day(end, start.year)}" if start and end else ""
