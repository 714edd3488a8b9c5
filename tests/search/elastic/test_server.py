"""The local Elasticsearch: one for all who ask, none left behind, and never as root."""

import json
import os
import pwd
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from search.elastic import distribution, server
from tenants.maven import FetchFault

ROOT = Path(__file__).resolve().parents[3]


def test_it_is_elastics_own_server_and_answers_on_loopback_alone(elasticsearch_url: str) -> None:
    with urllib.request.urlopen(f"{elasticsearch_url}/_nodes/_local/http") as page:
        (node,) = json.load(page)["nodes"].values()
    assert (node["version"], node["http"]["bound_address"]) == ("8.19.0", [elasticsearch_url.removeprefix("http://")])


@pytest.mark.skipif(os.getuid() != 0, reason="only root has to become someone else")
def test_it_does_not_run_as_root(elasticsearch_folder: Path, elasticsearch_url: str) -> None:
    owner = Path(f"/proc/{server.pid(elasticsearch_folder)}").stat().st_uid
    assert pwd.getpwuid(owner).pw_name == server.USER


def test_whoever_asks_again_gets_the_same_server(elasticsearch_folder: Path, elasticsearch_url: str) -> None:
    number = server.pid(elasticsearch_folder)
    assert _in_another_process(elasticsearch_folder) == elasticsearch_url
    # The other process has ended; we still use the server.
    assert server.pid(elasticsearch_folder) == number


def test_it_comes_back_at_its_address_after_it_was_killed(elasticsearch_folder: Path, elasticsearch_url: str) -> None:
    before = server.pid(elasticsearch_folder)
    server.stop(elasticsearch_folder)
    assert server.pid(elasticsearch_folder) is None
    assert server.start(elasticsearch_folder) == elasticsearch_url
    assert server.pid(elasticsearch_folder) not in {None, before}


def test_a_server_that_could_not_be_fetched_is_not_half_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FetchFault, match="mvn is missing"):
        distribution.unpacked(tmp_path / "home")
    assert not (tmp_path / "home" / "elasticsearch-8.19.0").exists()


def _in_another_process(folder: Path) -> str:
    command = f"from pathlib import Path; from search.elastic import server; print(server.start(Path({str(folder)!r})))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
