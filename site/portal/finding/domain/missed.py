"""Counts what was sought in vain, unless it may point to a person."""

import datetime as dt
import re

from django.db import connection
from django.utils import timezone

from portal.finding.models import MissedWord
from search.normal import normal
from search.patterns import figures

MOST = 40
_RUN = re.compile(r"\d[\d\s.·-]*\d")
_NAME_AND_NUMBER = re.compile(r"[\u4e00-\u9fff·]{2,6}[\s:，,]*\d{2,}(?![\d年月日号路岁元人天栋楼])")
#: As many digits in a row as a house number, a year or a file number may have.
MOST_DIGITS = 4


def note_missed(text: str, *, now: dt.datetime) -> bool:
    """Count `text` for today in the current site; False when it is not to be kept. One statement."""
    words = to_keep(text)
    if not words or connection.schema_name == "public":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {MissedWord._meta.db_table} (day, words, count) VALUES (%s, %s, 1)"  # noqa: S608  # our own
            " ON CONFLICT (day, words) DO UPDATE SET count = finding_missedword.count + 1",
            [timezone.localdate(now), words],
        )
    return True


def to_keep(text: str) -> str:
    """`text` in one way of writing, or nothing when it is too long, says nothing, or may be somebody's data.

    Kept are numbers of documents and dates; not mail addresses, numbers as long as a telephone's or an
    identity card's, or a name with a number behind it.
    """
    words = " ".join(normal(text).split())
    if not words or len(words) > MOST or "@" in words or not any(each.isalnum() for each in words):
        return ""
    rest = words
    for figure in reversed(figures(words)):
        if not figure.terms[0].startswith("+"):
            rest = f"{rest[: figure.start]}。{rest[figure.end :]}"
    if any(sum(each.isdigit() for each in run) > MOST_DIGITS for run in _RUN.findall(rest)):
        return ""
    return "" if _NAME_AND_NUMBER.search(rest) else words


def forget_missed(*, before: dt.date) -> int:
    """Take away what was counted before that day."""
    return MissedWord.objects.filter(day__lt=before).delete()[0]
