"""Fetches files of Java's world through Maven; only the very file that we know is ever used."""

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Later ones refuse the project files of some packages, veraPDF's among them.
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.10:copy"
_PATIENCE = 900
"""Seconds for 97 MB over a slow line."""


class FetchFault(Exception):
    """A program or a file is missing, or is not the one we know; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of Maven's repository by its coordinates; `kind` is its ending."""

    group: str
    name: str
    version: str
    kind: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.group}:{self.name}:{self.version}:{self.kind}"

    @property
    def file_name(self) -> str:
        """Under which it is copied."""
        return f"{self.name}-{self.version}.{self.kind}"


def fetched(artifact: Artifact, folder: Path) -> Path:
    """A copy of the artifact in `folder`, which must exist; a known copy that lies there is taken as it is.

    Raises `FetchFault`. Two processes must not fetch into one folder at once.
    """
    copy = folder / artifact.file_name
    if copy.exists() and _sum(copy) == artifact.sha256:
        return copy
    command = [
        program("mvn"), "-q", "-B", _COPY, f"-Dartifact={artifact}", f"-DoutputDirectory={folder}",
        "-Dmdep.useBaseVersion=true",
    ]  # fmt: skip
    # Away from the repository, so that no file of it is taken for a project of Maven's.
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=_PATIENCE)
    if done.returncode or not copy.exists():
        raise FetchFault(f"Maven could not fetch {artifact}:\n{(done.stdout + done.stderr)[-2000:]}")
    if (found := _sum(copy)) != artifact.sha256:
        copy.unlink()
        raise FetchFault(f"{artifact} is not the file we know: SHA-256 {found}. Remove it from Maven's repository.")
    return copy


def java_home() -> Path:
    """Where the Java of this machine lives."""
    named = os.environ.get("JAVA_HOME")
    return Path(named) if named else Path(program("java")).resolve().parents[1]


def program(name: str) -> str:
    """Where a program of Java's world is; `FetchFault` says how to install it."""
    found = shutil.which(name)
    if not found:
        raise FetchFault(
            f"This needs Java 17 or newer and Maven; {name} is missing."
            " On Debian: apt-get install default-jdk-headless maven"
        )
    return found


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
