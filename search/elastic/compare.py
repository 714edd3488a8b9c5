"""Looks once a night whether the index is what the listings are, and has the feed mend what is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import connection

from search.elastic import mapping
from search.elastic.client import FEED_SECONDS, alias, client, configured
from search.models import Listing
from tenants.clock import every
from tenants.tasks import task

CHUNK = 5_000
_NIGHT = 24 * 60

log = structlog.get_logger(__name__)
#: A listing's or a document's key, identity and version.
Entry = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """Identities of listings that the index lacks, has in another version, or has though there are none."""

    missing: list[str]
    outdated: list[str]
    extra: list[str]

    def __len__(self) -> int:
        return len(self.missing) + len(self.outdated) + len(self.extra)


def compare() -> Difference:
    """Both are read in the order of their keys; neither is held in memory."""
    found = Difference([], [], [])
    listed, indexed = _listed(), _indexed()
    ours, theirs = next(listed, None), next(indexed, None)
    while ours or theirs:
        if theirs is None or (ours is not None and ours[0] < theirs[0]):
            assert ours is not None
            found.missing.append(ours[1])
            ours = next(listed, None)
        elif ours is None or theirs[0] < ours[0]:
            found.extra.append(theirs[1])
            theirs = next(indexed, None)
        else:
            if ours[2] != theirs[2]:
                found.outdated.append(ours[1])
            ours, theirs = next(listed, None), next(indexed, None)
    return found


def mend(found: Difference) -> None:
    """Note each as a change: the feed brings it in its present version, or takes it away."""
    keys = [identity.split("/", 3) for identity in (*found.missing, *found.outdated, *found.extra)]
    with connection.cursor() as cursor:
        cursor.executemany(_NOTE, [(int(tenant), kind, source, part) for tenant, kind, source, part in keys])


@task(retries=(600, 3600))
def compare_and_mend() -> None:
    """The night's work."""
    found = compare()
    if len(found):
        log.warning(
            "search_index_differs", missing=len(found.missing), outdated=len(found.outdated), extra=len(found.extra)
        )
        mend(found)


@every(minutes=_NIGHT, platform=True)
def compare_nightly(now: datetime) -> None:
    if configured():
        compare_and_mend.enqueue()


def _listed() -> Iterator[Entry]:
    last = -1
    columns = ("pk", "tenant_id", "kind", "source", "part", "version")
    while rows := list(Listing.objects.filter(pk__gt=last).order_by("pk").values_list(*columns)[:CHUNK]):
        yield from ((pk, mapping.identity(*key), version) for pk, *key, version in rows)
        last = rows[-1][0]


def _indexed() -> Iterator[Entry]:
    """What a search would see at this moment."""
    cluster = client(FEED_SECONDS)
    moment = cluster.open_point_in_time(index=alias(), keep_alive="2m")["id"]
    after: dict[str, Any] = {}
    try:
        while True:
            answer = cluster.search(
                pit={"id": moment, "keep_alive": "2m"}, size=CHUNK, sort=[{"pk": "asc"}], source=False, version=True,
                docvalue_fields=["pk"], track_total_hits=False, **after,
            )  # fmt: skip
            hits = answer["hits"]["hits"]
            if not hits:
                return
            yield from ((int(hit["fields"]["pk"][0]), hit["_id"], int(hit["_version"])) for hit in hits)
            after = {"search_after": hits[-1]["sort"]}
    finally:
        cluster.close_point_in_time(id=moment)


_NOTE = """
INSERT INTO search_change (tenant_id, kind, source, part, version, attempts, error)
VALUES (%s, %s, %s, %s, nextval('public.search_version'), 0, '')
    ON CONFLICT (tenant_id, kind, source, part) DO NOTHING
"""
