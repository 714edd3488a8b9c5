"""The fonts that a press copies go with its process, also when that is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from certificates.rendering import scratch

MAKE = "from certificates.rendering.scratch import Faces; faces = Faces(); print(faces._folder, flush=True)"
DIE = f"{MAKE}; import os, signal; os.kill(os.getpid(), signal.{{}})"


def folder_of(code: str, temporary: Path) -> Path:
    """Where a process of its own that ran `code` had its copies."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    return Path(run.stdout.strip())


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_process_that_ends_leaves_nothing(temporary: Path) -> None:
    assert folder_of(MAKE, temporary).is_relative_to(temporary)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("how", ["SIGTERM", "SIGKILL"])
def test_what_a_killed_one_left_goes_when_the_next_begins(temporary: Path, how: str) -> None:
    left = folder_of(DIE.format(how), temporary)
    assert left.exists()
    assert not folder_of(MAKE, temporary).exists()
    assert list(temporary.iterdir()) == []


def test_the_folder_of_one_that_lives_stays(temporary: Path) -> None:
    code = f"{MAKE}; import sys; sys.stdin.read()"
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as living:
        assert living.stdout is not None
        folder = Path(living.stdout.readline().strip())
        scratch.clear_abandoned()
        assert folder.exists()
        living.send_signal(signal.SIGKILL)
    scratch.clear_abandoned()
    assert list(temporary.iterdir()) == []
