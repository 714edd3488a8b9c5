"""A private folder for each test, and the school's manager at the desk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories.schools import school


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> Path:
    """Where this test's certificates and files are stored."""
    settings.CERTIFICATE_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def desk(tenant_a: Any) -> str:
    """The address of the school's page."""
    return f"/desk/schools/{school().pk}/"


@pytest.fixture
def manager(tenant_a: Any, client_for: Callable[..., Client]) -> Client:
    return client_for(tenant_a, "school_manager")
