"""What the home page and the lists are told."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.projects import queries
from portal.projects.queries import Totals
from tests.factories.projects import make_project, make_shift

NOON = dt.datetime(2026, 10, 12, 12, tzinfo=timezone.get_default_timezone())  # a Monday


def at(days: int, hour: int = 9) -> dt.datetime:
    return NOON.replace(hour=hour) + dt.timedelta(days=days)


@pytest.fixture
def sown(tenant_a: Any, tenant_b: Any) -> None:
    """Shifts that count and shifts that must not, in A; another one in B."""
    with tenant_context(tenant_b):
        make_shift(make_project(title="南宁的"), starts_at=at(1))
    connection.set_tenant(tenant_a)
    project = make_project()
    make_shift(project, starts_at=at(0, 8))
    make_shift(project, starts_at=at(0, 14), places=6, taken=2)
    make_shift(project, starts_at=at(2), places=4, taken=4)
    make_shift(project, starts_at=at(3), cancelled_at=NOON)
    make_shift(project, starts_at=at(9), places=5)
    make_shift(make_project(live=False, state="draft"), starts_at=at(1))
    make_shift(make_project(state="cancelled", cancelled_reason="停电"), starts_at=at(1))


@pytest.mark.usefixtures("sown")
def test_coming_shifts_are_those_that_still_lack_people(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = queries.coming_shifts(5, now=NOON)
        seen = [(s.starts_at, s.left, s.project.title, str(s.project.division)) for s in found]
    street = str(found[0].project.division)
    assert seen == [(at(0, 14), 4, "陪独居老人坐坐", street), (at(9), 5, "陪独居老人坐坐", street)]


@pytest.mark.usefixtures("sown")
def test_the_week_has_seven_days_with_what_each_lacks(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        week = queries.week_of(queries.coming_days(now=NOON), now=NOON)
    assert [(day.date.day, day.shifts, day.missing) for day in week] == [
        (12, 1, 4), (13, 0, 0), (14, 1, 0), (15, 0, 0), (16, 0, 0), (17, 0, 0), (18, 0, 0),
    ]  # fmt: skip


@pytest.mark.usefixtures("sown")
def test_totals_leave_drafts_and_what_is_cancelled_out(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert queries.totals(now=NOON) == Totals(projects=1, coming_shifts=3, missing=9, finished_shifts=1)


def test_totals_of_an_empty_site_are_zero(tenant_a: Any) -> None:
    assert queries.totals() == Totals(0, 0, 0, 0)
