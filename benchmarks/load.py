"""Requests a second of the public pages with gunicorn, and the same with 2 and with 200 tenants.

Each page is asked in several rounds and the best one kept, for other work on the machine only ever takes away. What a
page costs in processor time, of the server and of PostgreSQL, hardly depends on it.
"""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from typing import Any

from benchmarks.processor import postmaster, spent
from benchmarks.timing import ROOT, keep, set_up

PORT = 8765
HOST = "heping.tianjin.localhost"
CLIENTS = 4
ROUNDS = 3
SECONDS = 5
PROJECTS = 10_000


def main() -> None:
    set_up("load")
    project = _prepare()
    pages = {"home": "/", "list": "/projects/", "detail": f"/projects/{project}/"}
    figures: dict[str, Any] = {"clients": CLIENTS, "workers": 2, "threads": 4, "projects": PROJECTS, "rounds": ROUNDS}
    figures["2_tenants"] = _measure(pages)
    _grow(200)
    figures["200_tenants"] = _measure(pages)
    two, many = figures["2_tenants"], figures["200_tenants"]
    figures["ratio"] = {page: round(many[page]["p50_ms"] / two[page]["p50_ms"], 2) for page in pages}
    figures["cpu_ratio"] = {page: round(_cpu(many[page]) / _cpu(two[page]), 2) for page in pages}
    keep("load", figures)


def _cpu(figures: dict[str, float]) -> float:
    return figures["server_cpu_ms"] + figures["database_cpu_ms"]


def _prepare() -> str:
    """Two filled tenants, one of them with 10,000 projects; the number of one project."""
    from django_tenants.utils import tenant_context

    from benchmarks.projects import fill_projects
    from portal.demo.build import fill_place
    from portal.demo.places import PLACES
    from portal.projects.models import Project
    from tenants.domain.platform import prepare_platform
    from tenants.models import Tenant

    prepare_platform(domain="localhost")
    for place in (place for place in PLACES if place.host in {HOST, "nanning.localhost"}):
        if not Tenant.objects.filter(division_code=place.division).exists():
            fill_place(place)
    with tenant_context(Tenant.objects.get(division_code="120101")):
        missing = PROJECTS - Project.objects.count()
        if missing > 0:
            fill_projects(missing)
            _settle()
        return str(Project.objects.filter(live=True).order_by("pk")[0].number)


def _settle() -> None:
    """What autovacuum does within minutes of such a load: else no page is read from an index alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _grow(count: int) -> None:
    """Tenants without content until there are `count`, of made-up districts."""
    from tenants.divisions import Division, divisions
    from tenants.domain import create_tenant
    from tenants.models import Tenant

    present = Tenant.objects.exclude(schema_name="public").count()
    for number in range(present, count):
        code = f"99{number:04}"
        divisions()[code] = Division(code=code, level="county", name=f"样例{number}区", parent="")
        create_tenant(division=code, domain=f"d{code}.localhost")


def _measure(pages: dict[str, str]) -> dict[str, Any]:
    environment = {**os.environ, "DATABASE_POOL": "8", "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi", "-b", f"127.0.0.1:{PORT}", "-w", "2", "--threads", "4",
         "--log-level", "error"],
        env=environment, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        _wait()
        return {page: _best(path, server.pid) for page, path in pages.items()}
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(15)


def _wait() -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("gunicorn did not come up")


def _best(path: str, server: int) -> dict[str, float]:
    for _ in range(40):
        _get(path)
    return max((_load(path, server) for _ in range(ROUNDS)), key=lambda figures: figures["requests_per_second"])


def _load(path: str, server: int) -> dict[str, float]:
    """p50, p95, requests a second and milliseconds of processor of `path` under CLIENTS clients for SECONDS."""
    taken: list[float] = []
    before = spent(server), spent(postmaster())
    until = time.monotonic() + SECONDS
    threads = [threading.Thread(target=_client, args=(path, until, taken)) for _ in range(CLIENTS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.monotonic() - began
    server_ms, database_ms = (
        (after - earlier) * 1000 / len(taken)
        for after, earlier in zip((spent(server), spent(postmaster())), before, strict=True)
    )
    taken.sort()
    return {
        "requests_per_second": round(len(taken) / elapsed, 1),
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 1),
        "server_cpu_ms": round(server_ms, 1),
        "database_cpu_ms": round(database_ms, 1),
    }


def _client(path: str, until: float, taken: list[float]) -> None:
    while time.monotonic() < until:
        began = time.perf_counter()
        _get(path)
        taken.append((time.perf_counter() - began) * 1000)


def _get(path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    connection.request("GET", path, headers={"Host": f"{HOST}:{PORT}"})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status}")
    connection.close()


if __name__ == "__main__":
    main()
