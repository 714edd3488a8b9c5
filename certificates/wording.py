"""How hours, dates and periods are written on sheets and check pages."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import pgettext

LANGUAGE = "zh-hans"
"""Of sheets and credentials, everywhere."""
DIGITS = "〇一二三四五六七八九"


def hours(minutes: int) -> str:
    """`90` → `1.5`, `480` → `8`, `90750` → `1,512.5`; a second decimal only where it is needed."""
    text = f"{minutes / 60:,.2f}"
    return text.rstrip("0").rstrip(".")


def long_date(day: date) -> str:
    """`2026年3月5日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def shown_date(day: date) -> str:
    """The same on pages, in the reader's language: `5 Mar 2026`."""
    return date_format(day, pgettext("date format", "Y年n月j日"))


def shown_moment(moment: datetime) -> str:
    """With the clock of the site."""
    return date_format(timezone.localtime(moment), pgettext("date format", "Y年n月j日 H:i"))


def period(first: date, last: date) -> str:
    """`2026年3月5日—2026年4月1日`, or the one day, on pages."""
    return shown_date(first) if first == last else f"{shown_date(first)}—{shown_date(last)}"


def ceremonial_date(day: date) -> str:
    """`二〇二六年十月十八日`, as certificates on walls have it."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_counted(day.month)}月{_counted(day.day)}日"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    left = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return left + (DIGITS[ones] if ones else "")
