"""Elastic's own server: fetched through Maven and unpacked, once per machine and version."""

import os
import shutil
import zipfile
from pathlib import Path

from tenants import maven

SERVER = maven.Artifact(
    group="org.elasticsearch.distribution.integ-test-zip",
    name="elasticsearch",
    version="8.19.0",
    kind="zip",
    sha256="14833b2d86c30656901f92049f81fb5777a8e4545413c8656cd1a21b55173033",
)


class ServerFault(maven.FetchFault):
    """Elasticsearch cannot be started or reached; the message says what to do."""


def unpacked(folder: Path) -> Path:
    """The home of the server below `folder`, fetched and unpacked when it is not there yet.

    The caller holds a lock: two processes must not unpack at once. Raises `FetchFault`.
    """
    home = folder / f"elasticsearch-{SERVER.version}"
    if home.exists():
        return home
    coming = folder / "coming"
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    with zipfile.ZipFile(maven.fetched(SERVER, coming)) as packed:
        packed.extractall(coming)
    # Seen only when whole: the rename is the last step.
    (coming / home.name).rename(home)
    shutil.rmtree(coming)
    return home


def java_home() -> Path:
    """Where the server's Java lives: Elastic lets it differ from the machine's."""
    named = os.environ.get("ES_JAVA_HOME")
    return Path(named) if named else maven.java_home()
