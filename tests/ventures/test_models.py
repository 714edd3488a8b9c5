"""What the database refuses in a call, whoever asks."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tenants.utils import schema_context

from portal.core.models import RuleSettings
from portal.ventures import standard
from portal.ventures.models import Call
from portal.ventures.standard import Share
from tests.factories.ventures import make_call


@contextmanager
def refused(words: str, *, schema: str = "") -> Iterator[None]:
    """What is done within is refused when it would be committed, with the connection in `schema`."""
    with pytest.raises(IntegrityError, match=words), transaction.atomic():  # noqa: PT012  (the commit is what fails)
        yield
        with schema_context(schema or connection.schema_name):
            connection.check_constraints()


@pytest.mark.parametrize(
    ("constraint", "over"),
    [
        ("call_opens_before_closes", {"opens_at": timezone.now(), "closes_at": timezone.now() - dt.timedelta(days=1)}),
        ("call_ceiling", {"ceiling": 0}),
        ("call_awards", {"awards": 0}),
        ("call_publicity", {"publicity_from": dt.date(2027, 1, 5)}),
        ("call_publicity", {"publicity_from": dt.date(2027, 1, 5), "publicity_to": dt.date(2027, 1, 4)}),
        ("call_opened_after_closing", {"bids_opened_at": timezone.now()}),
        ("call_cancelled_with_reason", {"cancelled_on": dt.date(2026, 1, 1)}),
        (
            "call_results",
            {
                "publicity_from": dt.date(2027, 1, 4),
                "publicity_to": dt.date(2027, 1, 8),
                "results_on": dt.date(2027, 1, 8),
            },
        ),
    ],
)
def test_the_database_refuses_dates_and_sums_that_make_no_sense(
    tenant_a: Any, constraint: str, over: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_call(**over)


def test_a_number_is_given_once(tenant_a: Any) -> None:
    make_call(number="津助老创投〔2026〕1号")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_call(number="津助老创投〔2026〕1号")


@pytest.mark.parametrize(
    ("words", "over"),
    [
        ("criterion_points_sum: 90", {"rubric": [Share("需求", 90)]}),
        ("criterion_points_sum: 0", {"rubric": []}),
        ("payment_share_sum: 50", {"payments": [Share("第一期", 50, "签订协议后")]}),
    ],
)
def test_a_published_call_sums_to_a_hundred_or_is_not_committed(
    tenant_a: Any, words: str, over: dict[str, Any]
) -> None:
    with refused(words):
        make_call(**over)


def test_the_sum_is_checked_in_the_tenant_of_the_rows_even_when_the_connection_has_gone_elsewhere(
    tenant_a: Any,
) -> None:
    with refused("criterion_points_sum: 90", schema="public"):
        make_call(rubric=[Share("需求", 90)])


def test_a_criterion_cannot_be_taken_from_a_published_call(tenant_a: Any) -> None:
    call = make_call()
    connection.check_constraints()
    with refused("criterion_points_sum: 80"):
        call.criteria.first().delete()


def test_a_draft_may_be_unfinished_and_a_call_may_be_deleted_with_all_its_parts(tenant_a: Any) -> None:
    make_call(live=False, rubric=[Share("需求", 90)], payments=[])
    make_call().delete()
    connection.check_constraints()
    assert Call.objects.count() == 1


def test_the_ceiling_of_a_new_call_is_the_tenants_own(tenant_a: Any) -> None:
    assert Call().ceiling == 100_000
    RuleSettings.objects.update(venture_ceiling=60_000)
    assert Call().ceiling == 60_000


def test_the_standard_lists_sum_to_a_hundred() -> None:
    assert sum(line.value for line in standard.rubric()) == 100
    assert sum(line.value for line in standard.payments()) == 100


def test_publicity_cannot_begin_before_the_call_has_closed(tenant_a: Any) -> None:
    call = make_call()
    call.publicity_from = timezone.localtime(call.closes_at).date()
    call.publicity_to = call.publicity_from + dt.timedelta(days=7)
    with pytest.raises(ValidationError) as refused:
        call.full_clean()
    assert refused.value.message_dict == {"publicity_from": ["公示要在停止接收以后开始。"]}
