"""What a visitor may ask in an hour: exact, over all sites, and kept by digests alone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from tenants.allowances import network, use_up
from tenants.models import Allowance


def test_what_is_left_may_be_used_and_a_refusal_takes_nothing(tenant_a: Any, tenant_b: Any) -> None:
    assert use_up("x", "192.0.2.1", amount=7, most=10) == 0
    with tenant_context(tenant_b):
        assert 0 < use_up("x", "192.0.2.1", amount=4, most=10) <= 3600
    assert use_up("x", "192.0.2.1", amount=3, most=10) == 0
    assert use_up("x", "192.0.2.1", amount=1, most=10) > 0
    assert use_up("x", "192.0.2.1", amount=11, most=10) > 0


def test_other_visitors_and_other_purposes_have_their_own(tenant_a: Any) -> None:
    assert use_up("x", "192.0.2.1", amount=1, most=1) == 0
    assert use_up("x", "192.0.2.2", amount=1, most=1) == 0
    assert use_up("y", "192.0.2.1", amount=1, most=1) == 0


def test_a_new_hour_begins_anew_and_yesterday_is_forgotten(tenant_a: Any) -> None:
    use_up("x", "192.0.2.1", amount=1, most=1)
    Allowance.objects.update(hour=timezone.now() - timedelta(days=2))
    assert use_up("x", "192.0.2.1", amount=1, most=1) == 0
    assert Allowance.objects.count() == 1


def test_no_address_is_stored(tenant_a: Any) -> None:
    use_up("x", "192.0.2.1", amount=1, most=1)
    assert re.fullmatch(r"[0-9a-f]{64}", Allowance.objects.get().key)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("None", ""),
    ],
)
def test_an_address_counts_as_its_household(address: str, counted: str) -> None:
    assert network(address) == counted
