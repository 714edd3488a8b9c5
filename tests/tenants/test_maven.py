"""What Maven brings is used only when it is the file we know."""

import hashlib
import os
from pathlib import Path

import pytest

from tenants.maven import Artifact, FetchFault, fetched

KNOWN = b"the known one\n"
TOOL = Artifact("org.example", "tool", "1.0", "jar", hashlib.sha256(KNOWN).hexdigest())


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Says on every call what it was asked and copies `repository` to where it was told."""
    (tmp_path / "repository").write_bytes(KNOWN)
    fake = tmp_path / "mvn"
    fake.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\ncp {tmp_path}/repository "$(pwd)/tool-1.0.jar"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (tmp_path / "folder").mkdir()
    return tmp_path


def test_the_known_file_is_fetched_once(maven: Path) -> None:
    first = fetched(TOOL, maven / "folder")
    again = fetched(TOOL, maven / "folder")
    assert (first.read_bytes(), again) == (KNOWN, maven / "folder" / "tool-1.0.jar")
    (asked,) = (maven / "asked").read_text().splitlines()
    assert "-Dartifact=org.example:tool:1.0:jar" in asked


def test_another_file_is_refused_and_does_not_stay(maven: Path) -> None:
    (maven / "repository").write_text("other")
    with pytest.raises(FetchFault, match="SHA-256"):
        fetched(TOOL, maven / "folder")
    assert list((maven / "folder").iterdir()) == []


def test_a_copy_that_was_damaged_is_fetched_anew(maven: Path) -> None:
    fetched(TOOL, maven / "folder").write_text("damaged")
    assert fetched(TOOL, maven / "folder").read_bytes() == KNOWN


def test_what_is_missing_on_the_machine_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FetchFault, match="mvn is missing"):
        fetched(TOOL, tmp_path)
