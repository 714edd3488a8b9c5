"""How days are written on pages, in the reader's language; the forms stand in the catalogue as `date format`."""

import datetime as dt

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.wording import shown_date


def short_day(value: dt.date | dt.datetime) -> str:
    """`11月9日`, `9 Nov`."""
    return date_format(local_date(value), pgettext("date format", "n月j日"))


def long_day(value: dt.date | dt.datetime) -> str:
    """`2026年11月9日`, `9 Nov 2026`."""
    return shown_date(local_date(value))


def day_in(year: int, value: dt.date | dt.datetime) -> str:
    """The short form for days of `year`, which the reader has in mind; else the long one."""
    return short_day(value) if local_date(value).year == year else long_day(value)


def with_clock(day: str, moment: dt.datetime) -> str:
    """`11月9日17:00`, `9 Nov, 17:00`: a day as it was written, and the time."""
    return _("%(date)s%(clock)s") % {"date": day, "clock": f"{timezone.localtime(moment):%H:%M}"}


def local_date(value: dt.date | dt.datetime) -> dt.date:
    """The day at the site's place."""
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
