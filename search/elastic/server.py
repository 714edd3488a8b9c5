"""Runs a real Elasticsearch on this machine for tests and demo: when it starts, as whom, and who ends it.

Production has a cluster of its own and names it in ELASTICSEARCH_URL. Here one server serves every process that
asks for the same folder. Each of them holds a shared lock until it ends, however it ends; a keeper waits for the
exclusive one and then stops the server, so that none is left behind.
"""

import errno
import fcntl
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

USER = "yinling-search"
"""Elasticsearch refuses to run as root; where we are root, it runs as this one."""

_CONFIG = """
cluster.name: yinling
node.name: yinling
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: 0
path.data: {folder}/data
path.logs: {folder}/logs
action.auto_create_index: false
# Reached over loopback alone, holding what is public anyway. A cluster has security on: docs/operations.md.
xpack.security.enabled: false
# The stock percentages stop writing on a disk that is well filled but large.
cluster.routing.allocation.disk.watermark.low: 1gb
cluster.routing.allocation.disk.watermark.high: 700mb
cluster.routing.allocation.disk.watermark.flood_stage: 400mb
"""
_JVM = """
-Xms512m
-Xmx512m
-XX:+UseG1GC
-XX:-AlwaysPreTouch
-XX:+ExitOnOutOfMemoryError
-XX:-HeapDumpOnOutOfMemoryError
-Djava.io.tmpdir={folder}/tmp
"""
_LIGHT = "-XX:TieredStopAtLevel=1\n"
"""Without the JVM's second compiler a server starts with 9 seconds of processor instead of 36."""
_STARTING = 600.0
"""Seconds until it must answer; fourteen on two idle cores, over two hundred on two that others load."""
_STOPPING = 30.0
_PORTS = range(20_000, 30_000)
"""Below those that Linux gives away by itself."""

_held: dict[Path, int] = {}
"""The open lock of each folder, as a plain descriptor: it stays open until the process ends."""


def start(folder: Path, *, fresh: bool = False, light: bool = True) -> str:
    """The URL of the server on `folder`, fetched, unpacked and started where that has not happened.

    It runs until every process that called this has ended or called `release`. `fresh` removes the indices of
    earlier runs, unless the server runs already. One that is not `light` takes longer to start and then does more in
    a second. Raises `FetchFault`.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        if folder not in _held:
            held = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT)
            # Waits for a keeper that is just ending the server.
            fcntl.flock(held, fcntl.LOCK_SH)
            _held[folder] = held
        if pid(folder) is None or not _answers(_url(folder), seconds=_STARTING):
            _launch(folder, fresh=fresh, light=light)
            _keep(folder)
    return _url(folder)


def release(folder: Path) -> None:
    """Do without the server; it stops when nobody else uses it."""
    held = _held.pop(folder.resolve(), None)
    if held is not None:
        os.close(held)


def stop(folder: Path) -> None:
    """End the server, whoever uses it. The next `start` takes the same port where that is free."""
    number = pid(folder)
    if number is None:
        return
    # A frozen process does not hear SIGTERM.
    for sign in (signal.SIGCONT, signal.SIGTERM):
        _signal(number, sign)
    if not _gone(number, seconds=_STOPPING):
        _signal(number, signal.SIGKILL)
        _gone(number, seconds=_STOPPING)


def pid(folder: Path) -> int | None:
    """The number of the running server's process."""
    try:
        number = int((folder / "pid").read_text())
    except (FileNotFoundError, ValueError):
        return None
    return number if _lives(number) else None


def _lives(number: int) -> bool:
    """Whether this is an Elasticsearch: the number may belong to another program by now."""
    try:
        # Empty for a process that has ended and is not buried yet.
        return b"elasticsearch" in Path(f"/proc/{number}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time installs and starts."""
    with (folder / "start.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _launch(folder: Path, *, fresh: bool, light: bool) -> None:
    # Only here: the keeper below runs this file alone.
    from search.elastic.distribution import ServerFault, java_home, unpacked

    stop(folder)
    home = unpacked(folder)
    if fresh:
        shutil.rmtree(folder / "data", ignore_errors=True)
    _configure(folder, home, light=light)
    environment = {
        "PATH": os.environ["PATH"], "HOSTNAME": "yinling", "ES_JAVA_HOME": str(java_home()),
        "ES_PATH_CONF": str(folder / "config"), "ES_TMPDIR": str(folder / "tmp"),
    }  # fmt: skip
    command = ["bash", str(home / "bin" / "elasticsearch"), "-d", "-p", str(folder / "pid")]
    # A session of its own: Ctrl-C in the terminal is for its users, not for it.
    done = subprocess.run(
        command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        start_new_session=True, timeout=_STARTING, **as_user(folder),
    )  # fmt: skip
    if done.returncode or not _answers(_url(folder), seconds=_STARTING):
        raise ServerFault(f"Elasticsearch did not start; see {folder / 'logs'}.\n{done.stderr[-2000:]}")


def _configure(folder: Path, home: Path, *, light: bool) -> None:
    shutil.rmtree(folder / "config", ignore_errors=True)
    shutil.copytree(home / "config", folder / "config")
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "pid").unlink(missing_ok=True)
    (folder / "port").write_text(str(_port(folder)))
    values = {"folder": folder, "port": (folder / "port").read_text()}
    (folder / "config" / "elasticsearch.yml").write_text(_CONFIG.format(**values))
    (folder / "config" / "jvm.options").write_text(_JVM.format(**values) + light * _LIGHT)


def _port(folder: Path) -> int:
    """The last one, so that addresses stay good when it starts again, else any free one."""
    try:
        return free_port(int((folder / "port").read_text()))
    except (FileNotFoundError, ValueError):
        return free_port()


def free_port(wanted: int | None = None) -> int:
    """`wanted` where that is free, else one that the system gives to nobody who asks for any.

    Seconds pass until the server takes it, or takes it again: meanwhile no connection and no other server may get it.
    """
    tried = random.sample(_PORTS, len(_PORTS))
    for port in ([wanted] if wanted else []) + tried:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(errno.EADDRINUSE, f"No port is free between {_PORTS[0]} and {_PORTS[-1]}.")


def as_user(folder: Path) -> dict[str, Any]:
    """Options of subprocess that make the server run as a user other than root, who owns the folder."""
    if os.getuid() != 0:
        return {}
    try:
        user = pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER], check=True)
        user = pwd.getpwnam(USER)
    subprocess.run(["chown", "-R", f"{user.pw_uid}:{user.pw_gid}", str(folder)], check=True)
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _url(folder: Path) -> str:
    return f"http://127.0.0.1:{(folder / 'port').read_text()}"


def _answers(url: str, *, seconds: float) -> bool:
    """Whether the cluster is ready before the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=30) as page:
                if page.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _gone(number: int, *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while _lives(number):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _signal(number: int, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, sign)


def _keep(folder: Path) -> None:
    """Start the keeper: this very file, alone, without the packages around it, and no child of ours."""
    subprocess.run(
        ["sh", "-c", '"$@" &', "sh", sys.executable, "-I", __file__, str(folder)], check=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _stop_when_unused(folder: Path) -> None:
    with (folder / "users.lock").open("ab") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        stop(folder)


if __name__ == "__main__":
    _stop_when_unused(Path(sys.argv[1]))
