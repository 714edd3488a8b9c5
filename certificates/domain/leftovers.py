"""Removes what workers that were killed left in the storage: sheets that no certificate names, and halves of them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import structlog
from django.core.files.storage import storages
from django.db import transaction

from certificates.enums import State
from certificates.models import Certificate

AGE = timedelta(days=1)
"""What is younger may belong to a certificate that is being issued."""

_FOLDER = re.compile(r"[0-9a-f]{2}")
_SHEET = re.compile(r"[0-9a-f]{64}\.pdf")
_HALF = re.compile(r"\.[0-9a-f]{64}\.pdf\.\d+")
log = structlog.get_logger(__name__)


def remove_leftovers(*, now: datetime) -> int:
    """Of the current site, whatever is older than AGE; how many. What is no sheet, such as a bundle, is passed over.

    While the last look is taken and the files go, the certificates that wait are held: nobody can store the same
    sheet again in between, for equal bytes are the same certificate's, tried once more.
    """
    storage, removed = storages["certificates"], 0
    for names in _batches(_old(storage, now - AGE), 500):
        if not _unnamed(names):
            continue
        with transaction.atomic():
            list(Certificate.objects.select_for_update().filter(state=State.REQUESTED).values_list("pk"))
            for name in _unnamed(names):
                if storage.get_modified_time(name) < now - AGE:
                    storage.delete(name)
                    removed += 1
    if removed:
        log.warning("certificate_leftovers_removed", files=removed)
    return removed


def _old(storage: Any, before: datetime) -> Iterator[str]:
    for folder in _listed(storage, "")[0]:
        if not _FOLDER.fullmatch(folder):
            continue
        for file in _listed(storage, folder)[1]:
            name = f"{folder}/{file}"
            if (_SHEET.fullmatch(file) or _HALF.fullmatch(file)) and storage.get_modified_time(name) < before:
                yield name


def _batches(names: Iterator[str], size: int) -> Iterator[list[str]]:
    while batch := list(islice(names, size)):
        yield batch


def _listed(storage: Any, folder: str) -> tuple[list[str], list[str]]:
    """(folders, files), in order; nothing where there is no such folder yet."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return sorted(folders), sorted(files)


def _unnamed(names: list[str]) -> list[str]:
    named = set(Certificate.objects.filter(pdf_name__in=names).values_list("pdf_name", flat=True))
    return [name for name in names if name not in named]
