"""Terms in working days."""

import datetime as dt

import pytest

from portal.core.workdays import Deadline, is_arranged, is_workday, workdays_after, workdays_between


def test_a_sunday_worked_in_exchange_counts_and_a_holiday_on_a_thursday_does_not() -> None:
    assert is_workday(dt.date(2025, 9, 28))
    assert not is_workday(dt.date(2025, 10, 2))


def test_a_term_of_five_days_jumps_over_the_national_holiday() -> None:
    assert workdays_after(dt.date(2025, 9, 29), 5) == Deadline(dt.date(2025, 10, 13), certain=True)


def test_the_day_itself_does_not_count() -> None:
    assert workdays_after(dt.date(2025, 9, 15), 1).date == dt.date(2025, 9, 16)
    assert workdays_after(dt.date(2025, 9, 15), 0).date == dt.date(2025, 9, 15)


def test_a_year_without_arrangement_falls_back_to_monday_to_friday_and_says_so() -> None:
    assert not is_arranged(2100)
    assert workdays_after(dt.date(2100, 9, 29), 5) == Deadline(dt.date(2100, 10, 6), certain=False)


def test_days_between_count_the_last_and_not_the_first() -> None:
    assert workdays_between(dt.date(2025, 9, 29), dt.date(2025, 10, 13)) == 5
    assert workdays_between(dt.date(2025, 10, 13), dt.date(2025, 9, 29)) == 0


def test_a_negative_term_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="negative"):
        workdays_after(dt.date(2025, 9, 29), -1)
