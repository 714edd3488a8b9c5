"""Fonts that are really cut, and a private folder for each test."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from certificates.fonts import prepare_fonts


@pytest.fixture(scope="session", autouse=True)
def fonts() -> Path:
    """Cut once per machine, some ten seconds; `make` does it before."""
    folder = Path(settings.CERTIFICATE_FONTS_DIR)
    prepare_fonts(folder)
    return folder


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> Path:
    """Where this test's certificates are stored."""
    settings.CERTIFICATE_ROOT = str(tmp_path)
    return tmp_path
