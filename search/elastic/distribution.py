"""Fetches Elastic's own server through Maven and unpacks it, once per machine and version."""

import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

VERSION = "8.19.0"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
SHA256 = "14833b2d86c30656901f92049f81fb5777a8e4545413c8656cd1a21b55173033"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
_PATIENCE = 900
"""Seconds for 97 MB over a slow line."""


class ServerFault(Exception):
    """Elasticsearch cannot be installed, started or reached; the message says what to do."""


def unpacked(folder: Path) -> Path:
    """The home of the server below `folder`, fetched and unpacked when it is not there yet.

    The caller holds a lock: two processes must not unpack at once.
    """
    home = folder / f"elasticsearch-{VERSION}"
    if home.exists():
        return home
    coming = folder / "coming"
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    archive = _fetched(coming)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(coming)
    # Seen only when whole: the rename is the last step.
    (coming / home.name).rename(home)
    shutil.rmtree(coming)
    return home


def java_home() -> Path:
    """Where the Java of this machine lives."""
    named = os.environ.get("ES_JAVA_HOME") or os.environ.get("JAVA_HOME")
    if named:
        return Path(named)
    return Path(_program("java")).resolve().parents[1]


def _fetched(folder: Path) -> Path:
    command = [
        _program("mvn"), "-q", "-B", _COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}",
        "-Dmdep.useBaseVersion=true",
    ]  # fmt: skip
    # Away from the repository, so that no file of it is taken for a project of Maven's.
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=_PATIENCE)
    archive = folder / f"elasticsearch-{VERSION}.zip"
    if done.returncode or not archive.exists():
        raise ServerFault(f"Maven could not fetch {ARTIFACT}:\n{(done.stdout + done.stderr)[-2000:]}")
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise ServerFault(f"{ARTIFACT} is not the file we know: SHA-256 {found}. Remove it from Maven's repository.")
    return archive


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise ServerFault(
            f"The local Elasticsearch needs Java 17 or newer and Maven; {name} is missing."
            " On Debian: apt-get install default-jdk-headless maven"
        )
    return found
