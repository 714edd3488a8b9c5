"""The whole way of a certificate: asked for, printed, sealed, stored and issued by the real worker.

`python -m benchmarks.issuing` measures single ones, 1,000 and 10,000 with two workers, and 5,000 with one, whose memory
is looked at on the way; `… one` or `… 1000x2` is a part of it. What was issued in earlier runs stays.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import pupils
from benchmarks.processor import postmaster, spent
from benchmarks.timing import ROOT, keep, percentiles, times

PARTS = ("one", "1000x2", "5000x1", "10000x2")
LOOK = 0.5  # seconds between two looks at the workers
EVERY = 500  # certificates of one worker between two figures of its memory


def main() -> None:
    pupils.stage()
    for part in sys.argv[1:] or PARTS:
        keep(f"issuing-{part}", one_by_one() if part == "one" else many(*map(int, part.split("x"))))


def one_by_one() -> dict[str, Any]:
    """The first and the next, in one process, each with all that it takes; and its steps alone."""
    from certificates.domain import issue_certificate

    figures: dict[str, Any] = {}
    for name, request in (("honour", pupils.request), ("record_4_rows", pupils.request_records)):
        keys = request(61)
        first = times(partial(issue_certificate, keys.pop()), count=1, warm=0)
        waiting: Iterator[int] = iter(keys)
        spent = time.process_time()
        taken = times(partial(_issue_next, waiting), count=len(keys), warm=0)
        spent = (time.process_time() - spent) * 1000 / len(keys)
        figures[name] = {
            "first_ms": round(first[0]),
            **percentiles(taken),
            "best_ms": round(min(taken), 1),
            "cpu_ms": round(spent, 1),
            "kB": _kilobytes(keys),
            "steps": _steps(keys[0]),
        }
    return figures


def _issue_next(waiting: Iterator[int]) -> None:
    from certificates.domain import issue_certificate

    issue_certificate(next(waiting))


def _steps(key: int) -> dict[str, float]:
    """Medians of printing, sealing with the look at the seal, and storing; what is left is the database."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    from certificates.models import Certificate
    from certificates.rendering.press import print_certificate
    from certificates.sealing import active_key, put_seal

    certificate = Certificate.objects.get(pk=key)
    facts, imprint, signing = certificate.facts, certificate.imprint, active_key()
    assert signing is not None
    pdf = print_certificate(facts, imprint)
    names = iter(range(100))

    def store() -> None:
        name = f"benchmark/{next(names)}.pdf"
        storages["certificates"].save(name, ContentFile(pdf))
        storages["certificates"].delete(name)

    steps = {
        "print": lambda: print_certificate(facts, imprint),
        "seal_and_look": lambda: put_seal(pdf, signing),
        "store": store,
    }
    return {f"{name}_ms": percentiles(times(step, count=30))["p50_ms"] for name, step in steps.items()}


def _kilobytes(keys: list[int]) -> float:
    """The largest of them."""
    from certificates.models import Certificate

    return round(max(Certificate.objects.filter(pk__in=keys).values_list("pdf_size", flat=True)) / 1000, 1)


def many(count: int, processes: int) -> dict[str, Any]:
    """`count` honorary certificates that wait in the queue, and workers that begin together."""
    began = time.perf_counter()
    keys = pupils.request(count)
    asked = time.perf_counter() - began
    workers = [_start() for _ in range(processes)]
    try:
        seen = _watch(keys, workers)
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        for worker in workers:
            worker.wait(60)
    seconds = _span(keys)
    return {
        "processes": processes,
        "request_each_ms": round(asked * 1000 / count, 1),
        "seconds": round(seconds, 1),
        "a_second": round(count / seconds, 1),
        "kB": _kilobytes(keys),
        **seen,
    }


def _start() -> Any:
    environment = {**os.environ, "DATABASE_POOL": "4", "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
    return subprocess.Popen([sys.executable, "manage.py", "work"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)


def _watch(keys: list[int], workers: list[Any]) -> dict[str, Any]:
    """Until nothing waits: MB that each worker held after so many certificates and at most; processor by certificate.

    The processor is counted from the first tenth on, when every worker has long begun.
    """
    from certificates.enums import State
    from certificates.models import Certificate

    waiting = Certificate.objects.filter(pk__gte=min(keys), pk__lte=max(keys), state=State.REQUESTED)
    held: dict[str, list[int]] = {}
    due, left = EVERY, len(keys)
    since, begun = len(keys), (0.0, 0.0)
    while left:
        time.sleep(LOOK)
        if any(worker.poll() is not None for worker in workers):
            raise SystemExit("a worker has ended")
        left = waiting.count()
        if since == len(keys) and left < 0.9 * len(keys):
            since, begun = left, _spent(workers)
        done = (len(keys) - left) // len(workers)
        if done >= due or not left:
            held[f"{done}"] = [_megabytes(worker.pid, "VmRSS") for worker in workers]
            due = done - done % EVERY + EVERY
    worker_s, database_s = (end - begin for end, begin in zip(_spent(workers), begun, strict=True))
    return {
        "memory": {"after": held, "most": [_megabytes(worker.pid, "VmHWM") for worker in workers]},
        "worker_cpu_ms": round(worker_s * 1000 / since, 1),
        "database_cpu_ms": round(database_s * 1000 / since, 1),
    }


def _spent(workers: list[Any]) -> tuple[float, float]:
    """Seconds of processor that the workers and PostgreSQL have used so far."""
    return sum(spent(worker.pid) for worker in workers), spent(postmaster())


def _megabytes(process: int, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) // 1024


def _span(keys: list[int]) -> float:
    """Seconds from the moment the first was taken up until the last was issued."""
    from django.db.models import Max, Min

    from certificates.models import Certificate

    found = Certificate.objects.filter(pk__gte=min(keys), pk__lte=max(keys))
    ends = found.aggregate(first=Min("started_at"), last=Max("issued_at"))
    return float((ends["last"] - ends["first"]).total_seconds())


if __name__ == "__main__":
    main()
