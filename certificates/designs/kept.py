"""The pictures of designs in the site's private folder, each by the SHA-256 of its bytes."""

import hashlib
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import storages

EMBLEMS, BACKGROUNDS = "emblems", "backgrounds"


class PictureMissing(Exception):
    """The stored bytes are gone, or are not the ones whose hash is asked for."""


def keep(data: bytes, folder: str, form: str) -> str:
    """Store, and give back the SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    storages["certificates"].save(_name(folder, sha256, form), ContentFile(data))  # also when it is there: in use now
    return sha256


def read(folder: str, sha256: str, form: str) -> bytes:
    """The kept bytes, looked at before they are printed; raises `PictureMissing`."""
    try:
        with storages["certificates"].open(_name(folder, sha256, form)) as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise PictureMissing(sha256) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise PictureMissing(sha256)
    return data


def stored(folder: str) -> Iterator[tuple[str, str]]:
    """(SHA-256, name in the storage) of each that the current site keeps."""
    storage = storages["certificates"]
    if not storage.exists(folder):
        return
    for part in storage.listdir(folder)[0]:
        for file in storage.listdir(f"{folder}/{part}")[1]:
            yield file.partition(".")[0], f"{folder}/{part}/{file}"


def _name(folder: str, sha256: str, form: str) -> str:
    return f"{folder}/{sha256[:2]}/{sha256}.{form}"
