"""Hours, dates and periods as sheets write them."""

from datetime import date

import pytest
from django.utils import translation

from certificates.wording import ceremonial_date, hours, period


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(30, "0.5"), (60, "1"), (480, "8"), (600, "10"), (90750, "1,512.5"), (75, "1.25"), (60_000, "1,000")],
)
def test_hours_drop_what_they_do_not_need(minutes: int, words: str) -> None:
    assert hours(minutes) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 18), "二〇二六年十月十八日"),
        (date(2026, 1, 20), "二〇二六年一月二十日"),
        (date(2030, 12, 31), "二〇三〇年十二月三十一日"),
    ],
)
def test_dates_on_walls_are_written_out(day: date, words: str) -> None:
    assert ceremonial_date(day) == words


def test_pages_write_days_in_the_readers_language() -> None:
    with translation.override("en"):
        assert period(date(2026, 3, 5), date(2026, 4, 1)) == "5 Mar 2026—1 Apr 2026"


def test_a_period_of_one_day_is_that_day() -> None:
    day = date(2026, 3, 5)
    assert (period(day, day), period(day, date(2026, 4, 1))) == ("2026年3月5日", "2026年3月5日—2026年4月1日")
