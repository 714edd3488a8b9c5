"""A school's file of 5,000 certificates with a PDF of each its own: made in one go, and by one that was killed."""

import os
import signal
import time
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks import pupils
from benchmarks.timing import keep

KILLED_AFTER = 0.5  # of the certificates


def main() -> None:
    pupils.stage()
    choice, teacher = _choice()
    whole = _make(choice, teacher, killed=False)
    keep("school_file", {**whole, "after_a_kill": _make(choice, teacher, killed=True)})


def _choice() -> tuple[Any, Any]:
    """A round in which every pupil got a certificate, and who asks for it."""
    from portal.accounts.models import User
    from portal.organisations.models import Organisation
    from portal.schools.queries import Choice, certificates_within

    school = Organisation.objects.get(name=pupils.SCHOOL)
    for turn in range(0, 100 * pupils.PUPILS, pupils.PUPILS):
        day = pupils.round_of(turn)
        held = certificates_within(day, day).filter(holder_key__startswith="volunteer:")
        if held.count() == pupils.PUPILS:
            return Choice(school, day, day), User.objects.get(username=pupils.TEACHER)
    raise SystemExit("No round is complete: run python -m benchmarks.issuing first.")


def _make(choice: Any, teacher: Any, *, killed: bool) -> dict[str, Any]:
    from portal.schools.domain.asking import ask_for_bundle, end_bundle
    from portal.schools.domain.packing import pack_bundle

    asking = time.perf_counter()
    bundle = ask_for_bundle(choice, by=teacher)
    asked = time.perf_counter() - asking
    figures: dict[str, Any] = {"ask_s": round(asked, 1)}
    if killed:
        figures["packed_when_killed"] = _pack_and_be_killed(bundle)
    began = time.perf_counter()
    pack_bundle(bundle.pk)
    figures["pack_s"] = round(time.perf_counter() - began, 1)
    figures["memory_most_mb"] = _most()
    figures |= _looked_through(bundle)
    end_bundle(bundle)
    return figures


def _pack_and_be_killed(bundle: Any) -> int:
    """How many the file held when its maker died in the middle of a step."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        from portal.schools.domain.packing import pack_bundle

        pack_bundle(bundle.pk)
        os._exit(0)
    while bundle.packed < KILLED_AFTER * bundle.total:
        time.sleep(0.05)
        bundle.refresh_from_db()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    bundle.refresh_from_db()
    return int(bundle.packed)


def _looked_through(bundle: Any) -> dict[str, Any]:
    """Whether every certificate is inside, once, with the bytes that were issued; and how large it is."""
    from django.core.files.storage import storages

    bundle.refresh_from_db()
    with zipfile.ZipFile(storages["certificates"].path(bundle.file_name)) as packed:
        sheets = [name for name in packed.namelist() if name.endswith(".pdf")]
        sums = {sha256(packed.read(name)).hexdigest() for name in sheets}
    issued = set(bundle.items.values_list("certificate__pdf_sha256", flat=True))
    if sums != issued or len(sheets) != len(issued) or bundle.sha256 == "":
        raise SystemExit("The file is not whole.")
    return {"certificates": len(sheets), "different": len(sums), "MB": round(bundle.size / 1e6, 1)}


def _most() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


if __name__ == "__main__":
    main()
