"""A private folder for each test."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> Path:
    """Where this test's certificates are stored."""
    settings.CERTIFICATE_ROOT = str(tmp_path)
    return tmp_path
