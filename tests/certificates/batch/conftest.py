"""Fixtures of the tests of batches."""

from typing import Any

import pytest

from certificates.models import Certificate
from tests.factories.certificates import make_issued


@pytest.fixture
def issued(tenant_a: Any) -> Certificate:
    return make_issued()
