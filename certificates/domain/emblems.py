"""Removes emblems that were tried and never kept: what a version names stays for good."""

from datetime import datetime, timedelta

from django.core.files.storage import storages

from certificates.designs.emblems import stored_emblems
from certificates.models import DesignVersion

AGE = timedelta(days=1)
"""What is younger may stand in a form that is not saved yet."""


def remove_unused_emblems(*, now: datetime) -> int:
    """Of the current site; how many. Certificates print published versions alone, so no other row names one."""
    storage = storages["certificates"]
    old = {sha: name for sha, name in stored_emblems() if storage.get_modified_time(name) < now - AGE}
    kept = set(DesignVersion.objects.filter(emblem_sha256__in=old).values_list("emblem_sha256", flat=True))
    for sha, name in old.items():
        if sha not in kept:
            storage.delete(name)
    return len(old.keys() - kept)
