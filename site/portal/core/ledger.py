"""Rows of the ledger: what a list of shifts shows, whatever model they come from."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext

from portal.core import almanac


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `status` is one of the `.status--…` kinds, said only when it is an exception."""

    starts: dt.datetime
    ends: dt.datetime
    title: str
    url: str
    place: str = ""
    tags: Sequence[str] = ()
    status: str = ""
    status_text: str = ""
    who: str = ""
    taken: int = 0
    places: int = 0
    waiting: int = 0
    off: str = ""
    """Said in place of the seats when nobody is sought any more."""

    @property
    def time(self) -> str:
        return f"{timezone.localtime(self.starts):%H:%M}"

    @property
    def until(self) -> str:
        return gettext("至%(time)s") % {"time": f"{timezone.localtime(self.ends):%H:%M}"}


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One leaf of the calendar and its rows."""

    day: almanac.Day
    entries: list[Entry] = field(default_factory=list)


def by_day(entries: Iterable[Entry]) -> list[LedgerDay]:
    """Rows in the order given, grouped under their local day."""
    groups = groupby(entries, key=lambda entry: timezone.localtime(entry.starts).date())
    return [LedgerDay(almanac.day(date), list(rows)) for date, rows in groups]


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One cell of the week strip."""

    date: dt.date
    url: str
    missing: int
    shifts: int

    @property
    def day(self) -> almanac.Day:
        return almanac.day(self.date)

    @property
    def today(self) -> bool:
        return self.date == timezone.localdate()
