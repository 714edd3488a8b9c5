"""The files of the PostgreSQL that comes along: what a killed start left does not stand in the way of the next."""

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
