"""Processor time of a process and all that it started: what a page costs, however busy the machine is."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def spent(root: int) -> float:
    """Seconds that the process `root` and its descendants have used so far, those that have ended included."""
    parents, seconds = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                # After the name, which may hold anything: state, parent, …, own time and that of children waited for.
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            pid = int(folder.name)
            parents[pid] = int(fields[1])
            seconds[pid] = sum(int(ticks) for ticks in fields[11:15]) / _TICK
    return sum(seconds[pid] for pid in seconds if _descends(pid, root, parents))


def postmaster() -> int:
    """The process id of the embedded PostgreSQL."""
    from django.conf import settings

    found = next((settings.VAR / "postgres").rglob("postmaster.pid"))
    return int(found.read_text().split()[0])


def _descends(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        if pid == root:
            return True
        pid = parents[pid]
    return False
