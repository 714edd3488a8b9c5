"""The official JSON schema of Open Badges 3.0, fetched once a machine, by its hash: we may not hand it on.

1EdTech publishes it; openbadgeslib carries it among its tests, in its source package on PyPI.
"""

import fcntl
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from jsonschema import Draft201909Validator

from tests.waiting import HANGS

PINNED = Path(__file__).parents[1] / "requirements" / "standards.txt"
FOLDER = "openbadgeslib-4.6.3/tests/fixtures/ob_schemas"
NAME = "ob_v3p0_achievementcredential_schema.json"
SHA256 = "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea"


@cache
def achievement_credential() -> Any:
    """The schema's validator, which also looks at dates."""
    schema = json.loads(_fetched().read_text("utf-8"))
    return Draft201909Validator(schema, format_checker=Draft201909Validator.FORMAT_CHECKER)


def _fetched() -> Path:
    """One process of the suite fetches it for all; a known copy is taken as it is."""
    folder = Path(settings.VAR) / "standards"
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / NAME
    with (folder / "fetch.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.exists() or _sum(copy.read_bytes()) != SHA256:
            data = _from_package()
            assert _sum(data) == SHA256, f"{PINNED.name} brings another schema than the one we know"
            copy.write_bytes(data)
    return copy


def _from_package() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
                "--no-binary", "openbadgeslib", "--require-hashes", "-r", PINNED, "-d", folder,
            ],
            check=True, timeout=HANGS,
        )  # fmt: skip
        (source,) = Path(folder).glob("*.tar.gz")
        with tarfile.open(fileobj=io.BytesIO(source.read_bytes())) as archive:
            file = archive.extractfile(f"{FOLDER}/{NAME}")
            assert file is not None
            return file.read()


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
