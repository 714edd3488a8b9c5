"""Run the benchmarks, each in a process of its own, and keep their figures with the machine's size."""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = [
    "tenants",
    "projects",
    "load",
    "certificate",
    "plain",
    "issuing",
    "school_file",
    "checking",
    "rounds",
    "search",
]


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"cores": os.cpu_count(), "memory_gib": round(memory), "python": platform.python_version()}


def main() -> int:
    failed = []
    for name in sys.argv[1:] or NAMES:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=False).returncode:
            failed.append(name)
    folder = ROOT / "var" / "bench"
    figures = {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json")) if path.stem != "all"}
    (folder / "all.json").write_text(
        json.dumps({"machine": machine(), "at": time.strftime("%F"), **figures}, ensure_ascii=False, indent=2)
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
