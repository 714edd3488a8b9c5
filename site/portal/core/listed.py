"""What the listings of all apps say in one way: text without tags, places with those above them, moments."""

import datetime as dt
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.html import strip_tags

from portal.core.almanac import WEEKDAYS
from portal.core.days import short_day, with_clock
from portal.core.models import Division
from tenants.models import Tenant

#: What `place_names` reads, for `select_related`: a community's street, district and city.
PLACE = "division__parent__parent__parent"
_BLOCK_ENDS = re.compile(r"</(?:p|li|h\d|ul|ol|blockquote)>|<br\s*/?>|<hr\s*/?>")
_SPACES = re.compile(r"[ \t\xa0]*\n\s*")


def plain(html: str) -> str:
    """Rich text as lines of text, one for each paragraph."""
    return _SPACES.sub("\n", unescape(strip_tags(_BLOCK_ENDS.sub("\n", html)))).strip()


def stream_text(value: Any) -> str:
    """What a reader sees of a StreamField, in its order."""
    return "\n".join(part for part in value.stream_block.get_searchable_content(value) if part)


def place_names(division: Division) -> list[str]:
    """The place and those above it, nearest first; headings of the statistics are no places."""
    names: list[str] = []
    above: Division | None = division
    while above is not None:
        if above.name != "市辖区":
            names.append(above.name)
        above = above.parent
    return names


def site_code() -> str:
    """The division that the whole site stands for: what concerns no smaller place."""
    return str(Tenant.objects.values_list("division_code", flat=True).get(schema_name=connection.schema_name))


def label_words(choices: type[models.TextChoices], values: Iterable[str]) -> list[str]:
    """上门探访, 电话问候: what values are called."""
    known = dict(choices.choices)
    return [str(known[value]) for value in values if value in known]


def occasion(start: dt.datetime, end: dt.datetime) -> str:
    """10月17日 周六 13:30—16:00."""
    start, end = timezone.localtime(start), timezone.localtime(end)
    return f"{short_day(start)} {WEEKDAYS[start.weekday()]} {start:%H:%M}—{end:%H:%M}"


def moment_line(moment: dt.datetime) -> str:
    """11月9日17:00."""
    return with_clock(short_day(moment), moment)


def start_of(date: dt.date) -> dt.datetime:
    """The first moment of a day in the site's time."""
    return timezone.make_aware(dt.datetime.combine(date, dt.time.min))


def end_of(date: dt.date) -> dt.datetime:
    """The first moment after a day."""
    return start_of(date + dt.timedelta(days=1))


def earliest(moments: Iterable[dt.datetime | None], *, after: dt.datetime | None = None) -> dt.datetime | None:
    """The first of those that are set and still to come."""
    return min((moment for moment in moments if moment and (after is None or moment > after)), default=None)


def told(*texts: str) -> list[str]:
    """Those that say something."""
    return [text for text in texts if text]


def lines(*texts: str) -> str:
    """Texts one below the other, empty ones left out."""
    return "\n".join(told(*texts))
