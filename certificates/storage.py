"""Where certificates lie: a private folder for each tenant, never under media."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.utils.deconstruct import deconstructible


@deconstructible
class CertificateStorage(FileSystemStorage):
    """Files named by their content: writing the same bytes twice changes nothing, and nothing is ever replaced."""

    @property
    def base_location(self) -> str:
        return str(settings.CERTIFICATE_ROOT)

    @property
    def location(self) -> str:
        """The current tenant's folder, read anew each time: the storage object is shared by all."""
        return os.path.abspath(os.path.join(self.base_location, connection.schema_name))

    @property
    def base_url(self) -> None:
        """No address: a view sends the bytes to whom it lets."""
        return None

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with beside.open("wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _settle(path.parent)
        return name


def _settle(folder: Path) -> None:
    """The name is on the disk too: a row must not outlive its file when the power goes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
