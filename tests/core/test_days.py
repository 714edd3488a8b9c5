"""Days are written as people of the language write them, by one rule."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

import portal
from portal.core.days import day_in, long_day, short_day, with_clock
from portal.core.listed import moment_line, occasion

#: Eight in the evening before, in UTC.
MOMENT = datetime(2026, 12, 3, 20, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "short", "whole", "clock"),
    [
        ("zh-hans", "12月4日", "2026年12月4日", "12月4日04:05"),
        ("en", "4 Dec", "4 Dec 2026", "4 Dec 04:05"),
    ],
)
def test_a_day_in_either_language(language: str, short: str, whole: str, clock: str) -> None:
    with translation.override(language):
        for day in (date(2026, 12, 4), MOMENT):
            assert (short_day(day), long_day(day)) == (short, whole)
            assert (day_in(2026, day), day_in(2027, day)) == (short, whole)
        assert with_clock(short_day(MOMENT), MOMENT) == clock


def test_listings_say_days_as_they_did() -> None:
    end = datetime(2026, 12, 3, 22, 5, tzinfo=UTC)
    assert (occasion(MOMENT, end), moment_line(MOMENT)) == ("12月4日 周五 04:05—06:05", "12月4日04:05")


def test_no_text_puts_a_day_together_from_numbers() -> None:
    """In another language the parts stand in another order and the month has a name."""
    own: list[Any] = []
    for path in Path(portal.__path__[0]).rglob("*.py"):
        own += re.findall(r"%\((?:month|day)\)s[月日]", path.read_text("utf-8"))
    assert own == []
