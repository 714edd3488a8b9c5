"""Small things that every benchmark needs: a database of its own, percentiles, a place for figures."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def set_up(name: str) -> None:
    """Django with an embedded database of the benchmark's own, under var/bench/<name>."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.demo"
    os.environ["YINLING_VAR"] = str(ROOT / "var" / "bench" / name)
    os.environ["LOG_LEVEL"] = "ERROR"
    import django
    from django.conf import settings

    django.setup()
    # The fonts of the certificates are the machine's, not the benchmark's.
    from certificates.fonts import prepare_fonts

    settings.CERTIFICATE_FONTS_DIR = str(ROOT / "var" / "fonts")
    prepare_fonts(ROOT / "var" / "fonts")


def times(function: Callable[[], Any], *, count: int, warm: int = 1) -> list[float]:
    """Milliseconds of `count` calls, after `warm` that are not counted."""
    for _ in range(warm):
        function()
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        function()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def percentiles(taken: Iterable[float]) -> dict[str, float]:
    """p50 and p95 in milliseconds."""
    ordered = sorted(taken)
    return {
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    }


def keep(name: str, figures: dict[str, Any]) -> None:
    """Print the figures and write them to var/bench/<name>.json."""
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    print(text)
    path = ROOT / "var" / "bench" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
