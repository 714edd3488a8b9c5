"""Asks veraPDF, the reference validator of PDF/A and PDF/UA, about files: one JVM for all of them."""

import fcntl
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from tenants import maven
from tests.waiting import HANGS

VALIDATOR = maven.Artifact(
    group="org.verapdf.apps",
    name="greenfield-apps",
    version="1.28.1",
    kind="jar",
    sha256="916049db6c6335a4a4c624e098499cff152ef523f65693a0d835aec635b6dcbc",
)
PASSES = ["PASS 3a", "PASS ua1"]
"""What a file that is both says of itself, and is."""


def verdicts(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What veraPDF says of each file by the standards that its metadata names: `PASS 3a`, or `FAIL 3a` and the rules.

    A file that is no PDF has an empty list.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, f"{name}.pdf").write_bytes(data)
        paths = [str(Path(folder, f"{name}.pdf")) for name in files]
        command = [
            maven.program("java"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", str(_jar()),
            "org.verapdf.apps.GreenfieldCliWrapper", "--format", "text", "-v", *paths,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANGS)
    return {name: _said(done.stdout, path) for name, path in zip(files, paths, strict=True)}


def _said(output: str, path: str) -> list[str]:
    said, about = [], False
    for line in output.splitlines():
        if line.startswith("  "):
            said += [line.strip()] if about else []
        else:
            about = f" {path} " in line
            said += [line.replace(f" {path} ", " ")] if about else []
    return said


def _jar() -> Path:
    """One process of the suite fetches it for all."""
    folder = Path(settings.VAR) / "verapdf"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "fetch.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return maven.fetched(VALIDATOR, folder)
