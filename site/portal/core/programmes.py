"""The policy that governs a place, read from data: what a fresh site is called, its inks and its brands."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("data") / "programmes.toml"


def programme_for(division_code: str) -> dict[str, Any]:
    """The programme whose key is the longest beginning of the code, else the default."""
    programmes = _programmes()
    keys = sorted((key for key in programmes if division_code.startswith(key)), key=len)
    return dict(programmes[keys[-1] if keys else "default"])


def plate_for(division_code: str, short_name: str) -> str:
    """The one character that stands for the place: 津, 邕, else the first of its name."""
    return str(_programmes()["plates"].get(division_code, short_name[:1] or "银"))


@lru_cache(maxsize=1)
def _programmes() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
