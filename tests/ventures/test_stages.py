"""Where a call stands, around each of its boundaries."""

import datetime as dt
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from portal.ventures.enums import CallStage
from portal.ventures.stages import stage, steps

CHINA = ZoneInfo("Asia/Shanghai")
SECOND = dt.timedelta(seconds=1)


def at(month: int, day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=CHINA)


OPENS, CLOSES, OPENED = at(9, 21, 9), at(10, 23, 17), at(10, 26, 9)


def call(**over: Any) -> Any:
    values: dict[str, Any] = {
        "live": True,
        "cancelled_on": None,
        "published_on": dt.date(2026, 9, 14),
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "bids_opened_at": OPENED,
        "publicity_from": dt.date(2026, 11, 9),
        "publicity_to": dt.date(2026, 11, 13),
        "results_on": dt.date(2026, 11, 18),
        **over,
    }
    return SimpleNamespace(**values)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - SECOND, CallStage.ANNOUNCED),
        (OPENS, CallStage.OPEN),
        (CLOSES - SECOND, CallStage.OPEN),
        (CLOSES, CallStage.CLOSED),
        (OPENED - SECOND, CallStage.CLOSED),
        (OPENED, CallStage.REVIEW),
        (at(11, 9) - SECOND, CallStage.REVIEW),
        (at(11, 9), CallStage.PUBLICITY),
        (at(11, 14) - SECOND, CallStage.PUBLICITY),
        (at(11, 14), CallStage.DECIDING),
        (at(11, 18) - SECOND, CallStage.DECIDING),
        (at(11, 18), CallStage.RESULTS),
        (at(12, 31), CallStage.RESULTS),
    ],
)
def test_each_stage_begins_and_ends_to_the_second(now: dt.datetime, expected: CallStage) -> None:
    assert stage(call(), now) == expected
    assert stage(call(), now.astimezone(dt.UTC)) == expected


def test_a_call_that_is_not_published_is_a_draft_whatever_its_dates() -> None:
    assert stage(call(live=False), at(10, 1)) == CallStage.DRAFT


def test_a_cancelled_call_is_cancelled_whatever_its_dates_and_has_no_steps() -> None:
    cancelled = call(cancelled_on=dt.date(2026, 10, 2))
    assert stage(cancelled, at(12, 31)) == CallStage.CANCELLED
    assert steps(cancelled, at(12, 31)) == []


def test_dates_that_are_not_set_yet_leave_the_call_where_it_is() -> None:
    bare = call(bids_opened_at=None, publicity_from=None, publicity_to=None, results_on=None)
    assert stage(bare, at(12, 31)) == CallStage.CLOSED
    assert stage(call(publicity_from=None, publicity_to=None, results_on=None), at(12, 31)) == CallStage.REVIEW


def test_the_strip_shows_exactly_one_station_as_the_present_one() -> None:
    moments = [OPENS - SECOND, OPENS, CLOSES, OPENED, at(11, 9), at(11, 14)]
    assert [[step.state for step in steps(call(), now)].index("now") for now in moments] == [0, 1, 2, 3, 4, 5]
    assert {step.state for step in steps(call(), at(11, 18))} == {"done"}


def test_a_date_of_another_year_says_which() -> None:
    assert steps(call(results_on=dt.date(2027, 1, 8)), OPENS)[-1].note == "2027年1月8日"


def test_the_strip_names_the_dates_of_the_announcement() -> None:
    assert [(step.name, step.note) for step in steps(call(), OPENS)] == [
        ("征集公告", "9月14日"),
        ("申报", "10月23日17:00止"),
        ("统一开启", "10月26日09:00"),
        ("审查和评审", ""),
        ("公示", "11月9日—11月13日"),
        ("公布结果", "11月18日"),
    ]
