"""Who writes projects."""

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def officer(tenant_a: Any, client_for: Any) -> Client:
    client: Client = client_for(tenant_a, "officer")
    return client
