"""Where a press keeps its copies of the fonts: a folder of the process that goes with it, however the process ends."""

import atexit
import fcntl
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import IO

from weasyprint.text.fonts import FontConfiguration

PREFIX = "yinling-press-"
_LOCK = "lock"


class Faces(FontConfiguration):
    """WeasyPrint copies each face to a folder of its own and removes it when the object goes.

    An object that lives as long as its process does not go: every worker and every web process would leave 10 MB.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(dir=_folder_of(os.getpid())))


@cache
def _folder_of(process: int) -> Path:
    """The folder of this process, locked as long as it lives; those of processes that were killed go now."""
    clear_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = (folder / _LOCK).open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    if not folder.exists():  # another process took it for abandoned before it was locked
        lock.close()
        return _folder_of.__wrapped__(process)
    atexit.register(_remove, folder, lock, process)
    return folder


def clear_abandoned() -> None:
    """Remove the folders whose lock nobody holds any more; those of other users are left to them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if folder.stat().st_uid != os.getuid():
                continue
            with (folder / _LOCK).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # held, or made or removed by another process at this moment
            continue


def _remove(folder: Path, lock: IO[str], process: int) -> None:
    """A forked child ends too, but the folder is its parent's."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
    lock.close()
