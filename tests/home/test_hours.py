"""The site's hours account: confirmed hours alone, drawn as parts of a hundred, hidden when few stand behind them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.home.hours import hours_account, hundredths
from portal.projects.models import Project
from portal.volunteers.enums import Grade, RecordState
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, past_shift


@pytest.fixture(autouse=True)
def fresh_account() -> Iterator[None]:
    """The account is kept for ten minutes; no test reads another's."""
    cache.clear()
    yield
    cache.clear()


def served(number: int, **over: Any) -> int:
    """So many people's records of two hours on one shift of today; the key of its project."""
    shift = past_shift(make_project())
    for _each in range(number):
        make_record(shift=shift, **{"state": RecordState.CONFIRMED, "date": timezone.localdate(), **over})
    return int(shift.project_id)


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [([0, 0, 0], [0, 0, 0]), ([1, 1, 1], [34, 33, 33]), ([71, 25, 4], [71, 25, 4]), ([1, 0, 0], [100, 0, 0])],
)
def test_the_parts_of_a_hundred_sum_to_a_hundred(numbers: list[int], parts: list[int]) -> None:
    assert hundredths(numbers) == parts


def test_only_confirmed_unpaid_records_of_this_year_and_this_tenant_count(
    tenant_a: Any, tenant_b: Any, client_for: Any
) -> None:
    served(5)
    served(3, state=RecordState.SUBMITTED)
    served(2, date=timezone.localdate() - dt.timedelta(days=400))
    served(1, grade=Grade.LATE_ENTRY)
    Project.objects.filter(pk=served(4)).update(is_paid=True)
    with tenant_context(tenant_b):
        served(7)
    account = hours_account()

    assert (account.hours, account.volunteers) == (12, 6)
    assert [share.hundredth for share in account.shares] == [0, 83, 17]
    page = client_for(tenant_a).get("/").content.decode()
    assert "今年已确认<strong>12</strong>小时，来自6名志愿者" in page
    assert page.split("hundred")[1].split("</div>")[0].count('<i class="half"></i>') == 83


def test_a_sum_of_few_people_is_not_told(tenant_a: Any, client_for: Any) -> None:
    served(4)
    page = client_for(tenant_a).get("/").content.decode()

    assert "还不到5位" in page
    assert "今年已确认" not in page


def test_a_year_without_records_says_how_they_come(tenant_a: Any, client_for: Any) -> None:
    assert "今年还没有确认的时长" in client_for(tenant_a).get("/").content.decode()


def test_the_account_is_read_once_in_ten_minutes(tenant_a: Any, django_assert_num_queries: Any) -> None:
    hours_account()
    with django_assert_num_queries(0):
        hours_account()
