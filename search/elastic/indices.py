"""Which indices there are: the one that is asked, one that is being built, and who may touch them now."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from search.elastic import mapping
from search.elastic.client import alias, next_alias

_FEED_LOCK = 0x79696E6C  # any number that nobody else takes


@contextmanager
def feeding(*, wait: bool = False) -> Iterator[bool]:
    """Whether this process is now the one that feeds; nobody else changes aliases or feeds meanwhile.

    A lock of the transaction, so that it goes with the process and through PgBouncer. No row is locked.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FEED_LOCK])
            yield True
        else:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_FEED_LOCK])
            yield bool(cursor.fetchone()[0])


def targets(client: Any) -> list[str]:
    """Every index that changes must reach."""
    wanted = {alias(), next_alias()}
    return sorted(name for name, borne in _aliases(client).items() if wanted & borne)


def bearing(client: Any, name: str) -> list[str]:
    """The indices that bear the alias `name`."""
    return sorted(index for index, borne in _aliases(client).items() if name in borne)


def _aliases(client: Any) -> dict[str, set[str]]:
    """Our indices, each with the aliases that it bears."""
    found = client.indices.get_alias(index=f"{alias()}-*")
    return {name: set(each["aliases"]) for name, each in found.items()}


def is_current(client: Any) -> bool:
    """Whether there is an index to ask, with the present mapping."""
    names = bearing(client, alias())
    if len(names) != 1:
        return False
    meta = client.indices.get_mapping(index=names[0])[names[0]]["mappings"].get("_meta", {})
    return bool(meta.get("mark") == mapping.mark())


def create_next(client: Any) -> str:
    """A new, empty index that changes reach from now on."""
    name = f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"
    client.indices.create(index=name, **mapping.definition(), aliases={next_alias(): {}})
    return name


def switch(client: Any, name: str) -> list[str]:
    """Ask `name` from now on, in one step; returns the indices that were asked before."""
    before = [other for other in bearing(client, alias()) if other != name]
    removals = [{"remove": {"index": other, "alias": alias()}} for other in before]
    client.indices.update_aliases(
        actions=[
            *removals,
            {"add": {"index": name, "alias": alias()}},
            {"remove": {"index": name, "alias": next_alias()}},
        ]
    )
    return before


def drop(client: Any, names: list[str]) -> None:
    """Delete indices; those that are gone already do not matter."""
    for name in names:
        client.indices.delete(index=name, ignore_unavailable=True)
