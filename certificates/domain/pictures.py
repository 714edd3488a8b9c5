"""Removes emblems and backgrounds that were tried and never kept: what a version names stays for good."""

from datetime import datetime, timedelta

from django.core.files.storage import storages

from certificates.designs import kept
from certificates.models import DesignVersion

AGE = timedelta(days=1)
"""What is younger may stand in a form that is not saved yet."""
_NAMED = {kept.EMBLEMS: "emblem_sha256", kept.BACKGROUNDS: "background_sha256"}


def remove_unused_pictures(*, now: datetime) -> int:
    """Of the current site; how many. Certificates print published versions alone, so no other row names one."""
    return sum(_remove(folder, field, now) for folder, field in _NAMED.items())


def _remove(folder: str, field: str, now: datetime) -> int:
    storage = storages["certificates"]
    old = {sha: name for sha, name in kept.stored(folder) if storage.get_modified_time(name) < now - AGE}
    named = set(DesignVersion.objects.filter(**{f"{field}__in": old}).values_list(field, flat=True))
    for sha, name in old.items():
        if sha not in named:
            storage.delete(name)
    return len(old.keys() - named)
