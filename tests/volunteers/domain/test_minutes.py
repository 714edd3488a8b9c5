"""Rounding, spans and the writing of hours."""

from datetime import UTC, datetime

import pytest

from portal.volunteers.domain.minutes import hours, length, overlap, rounded


@pytest.mark.parametrize(
    ("minutes", "step", "counted"),
    [
        (0, 30, 0), (15, 30, 0), (16, 30, 30), (45, 30, 30), (46, 30, 60), (60, 30, 60), (75, 30, 60), (76, 30, 90),
        (7, 15, 0), (8, 15, 15), (37, 1, 37), (37, 0, 37),
    ],
)  # fmt: skip
def test_up_to_a_quarter_of_an_hour_is_nothing_then_half_hours(minutes: int, step: int, counted: int) -> None:
    assert rounded(minutes, step=step) == counted


def _at(hour: int) -> datetime:
    return datetime(2026, 10, 17, hour, tzinfo=UTC)


def test_a_shift_may_begin_when_another_ends() -> None:
    assert not overlap((_at(9), _at(11)), (_at(11), _at(12)))
    assert overlap((_at(9), _at(11)), (_at(10), _at(12)))
    assert overlap((_at(9), _at(12)), (_at(10), _at(11)))
    assert length(_at(9), _at(11)) == 120


@pytest.mark.parametrize(("minutes", "text"), [(0, "0.0"), (90, "1.5"), (120, "2.0"), (125, "2.08"), (7590, "126.5")])
def test_hours_are_written_to_a_tenth_or_exactly(minutes: int, text: str) -> None:
    assert hours(minutes) == text
