"""A team whose manager signs in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.organisations.models import Organisation
from tests.cast import TEAM


@pytest.fixture
def team(tenant_a: Any) -> Organisation:
    return Organisation.objects.get(name=TEAM)


@pytest.fixture
def manager(tenant_a: Any, client_for: Callable[..., Client]) -> Client:
    return client_for(tenant_a, "organisation_manager")
