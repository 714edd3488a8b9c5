"""The files of the PostgreSQL that comes along: what a killed start left does not stand in the way of the next."""

import signal
import subprocess
import sys
from pathlib import Path

from tenants.embedded import clear_unfinished


def test_files_that_were_never_finished_are_made_anew(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("18\n")
    # What initdb's own server writes; it is no server's that could be asked.
    (data / "postmaster.pid").write_text(f"-7111\n{data}\n1795921478\n5432\n\n\n 10188571        22\n")
    (data / "postgresql.conf").write_text("# as initdb writes it\n")

    clear_unfinished(data)

    assert not data.exists()


def test_a_database_is_never_touched(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "postgresql.conf").write_text("# as initdb writes it\n# Yinling\n\nmax_connections = 300\n")

    clear_unfinished(data)
    clear_unfinished(tmp_path / "missing")

    assert (data / "postgresql.conf").exists()


def test_the_server_stops_with_its_last_user_though_another_one_was_killed(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    begin = "import sys; from pathlib import Path; from tenants.embedded import start; start(Path(sys.argv[1]))"
    killed = f"{begin}; import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", killed, str(data)], check=False).returncode == -signal.SIGKILL
    assert (data / "postmaster.pid").exists()

    subprocess.run([sys.executable, "-c", begin, str(data)], check=True)

    assert not (data / "postmaster.pid").exists()
