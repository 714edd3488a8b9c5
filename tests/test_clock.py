"""No test sees two days or two hours, though it runs when one ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from portal.projects.models import Project
from tests.clock import staying_in_its_hour, telling

NEW_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # in Shanghai


def test_the_hour_ends_for_no_test_and_its_clock_goes_on() -> None:
    real = [NEW_YEAR + timedelta(seconds=seconds) for seconds in (-100, -61, -60, -1, 0, 1, 1000)]
    moments = iter([real[0], *real])
    clock = staying_in_its_hour(lambda: next(moments))
    seen = [clock() for _ in real]
    assert {timezone.localdate(moment).isoformat() for moment in seen} == {"2026-12-31"}
    assert seen == sorted(set(seen))
    assert seen[:3] == real[:3]


def test_whoever_asks_django_goes_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    created = Project._meta.get_field("created_at").get_default
    monkeypatch.setattr(timezone, "datetime", telling(lambda: NEW_YEAR))
    assert (timezone.now(), created(), timezone.localdate().isoformat()) == (NEW_YEAR, NEW_YEAR, "2027-01-01")


def test_what_is_a_datetime_stays_one() -> None:
    assert isinstance(NEW_YEAR, timezone.datetime)
    assert not isinstance(NEW_YEAR.date(), timezone.datetime)
    assert timezone.template_localtime(NEW_YEAR).hour == 0
