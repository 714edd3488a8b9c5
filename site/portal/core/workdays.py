"""Working days by the State Council's arrangement of holidays, with the days that are worked in exchange (调休)."""

import datetime as dt
from dataclasses import dataclass

import chinese_calendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day reached by counting; `certain` is False when a year on the way has no arrangement yet."""

    date: dt.date
    certain: bool


def is_workday(date: dt.date) -> bool:
    """Whether offices work on the day; Monday to Friday where the year's arrangement is not known."""
    try:
        return bool(chinese_calendar.is_workday(date))
    except NotImplementedError:
        return date.weekday() < 5


def is_arranged(year: int) -> bool:
    """Whether the arrangement of the year is known; each year's comes in the November before it."""
    try:
        chinese_calendar.is_workday(dt.date(year, 12, 31))
    except NotImplementedError:
        return False
    return True


def workdays_after(start: dt.date, number: int) -> Deadline:
    """The `number`-th working day after `start`, which itself does not count (民法典 art. 201)."""
    if number < 0:
        raise ValueError("A term cannot be negative.")
    day = start
    left = number
    while left:
        day += dt.timedelta(days=1)
        left -= is_workday(day)
    return Deadline(day, all(is_arranged(year) for year in range(start.year, day.year + 1)))


def workdays_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after `start` up to and including `end`; 0 when `end` is not later."""
    return sum(is_workday(start + dt.timedelta(days=ahead)) for ahead in range(1, (end - start).days + 1))
