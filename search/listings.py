"""The one function that writes listings, and those that compare, repair and remove them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from search import rows
from search.documents import Document
from search.models import Listing
from search.registry import declaration, declarations

CHUNK = 200
_collected: ContextVar[dict[str, set[Any]] | None] = ContextVar("search_collected", default=None)


@dataclass(frozen=True, slots=True)
class Drift:
    """How the listings of one kind differ from what is public: nothing of it is right."""

    kind: str
    missing: frozenset[rows.Key]
    extra: frozenset[rows.Key]
    outdated: frozenset[rows.Key]

    @property
    def sources(self) -> set[str]:
        return {source for source, _part in self.missing | self.extra | self.outdated}


def write(kind: str, keys: Sequence[Any]) -> None:
    """Bring the listings of these things of the current site to what a visitor may see of them now.

    Runs in the caller's transaction. What is not public, or not there any more, is taken away; what has
    not changed is left alone. Two writers of one thing follow one another, the later sees both changes.
    """
    collected = _collected.get()
    if collected is not None:
        collected.setdefault(kind, set()).update(keys)
        return
    for at in range(0, len(keys), CHUNK):
        with transaction.atomic():
            _write(kind, sorted({str(key) for key in keys[at : at + CHUNK]}))


@contextmanager
def collecting() -> Iterator[None]:
    """Within, changes are only noted; each thing is written once, at the end. For large imports."""
    token = _collected.set({})
    try:
        yield
        noted = _collected.get() or {}
    finally:
        _collected.reset(token)
    for kind, keys in noted.items():
        write(kind, list(keys))


def write_all(*, say: Callable[[str], object] = lambda line: None) -> int:
    """Write every public thing of the current site, and take away what is none; how many rows changed."""
    changed = 0
    for kind in declarations():
        drift = compare(kind)
        write(kind, sorted(drift.sources))
        changed += len(drift.sources)
        say(f"{connection.schema_name}  {kind}  {len(drift.sources)}")
    return changed


def compare(kind: str) -> Drift:
    """What of one kind is listed, beside what should be, in the current site."""
    should = {key: document.fingerprint for key, document in _documents(kind, None)}
    listed = rows.known(connection.tenant.pk, kind)
    return Drift(
        kind,
        missing=frozenset(should.keys() - listed.keys()),
        extra=frozenset(listed.keys() - should.keys()),
        outdated=frozenset(key for key in should.keys() & listed.keys() if should[key] != listed[key]),
    )


def write_stale(now: datetime) -> None:
    """Write what said of itself that it would be another by now, and what nobody may see any more."""
    mine = Listing.objects.filter(tenant_id=connection.tenant.pk)
    for kind, source in set(mine.filter(stale_at__lte=now).values_list("kind", "source")):
        write(kind, [source])
    for kind, source in set(mine.filter(visible_until__lte=now).values_list("kind", "source")):
        write(kind, [source])


def _write(kind: str, sources: list[str]) -> None:
    tenant_id = connection.tenant.pk
    _one_after_another(tenant_id, kind, sources)
    should = dict(_documents(kind, sources))
    listed = rows.known(tenant_id, kind, sources)
    rows.remove(tenant_id, kind, listed.keys() - should.keys())
    rows.put(
        tenant_id,
        kind,
        [(source, document) for (source, part), document in should.items()
         if listed.get((source, part)) != document.fingerprint],
    )  # fmt: skip


def _documents(kind: str, sources: Sequence[str] | None) -> Iterable[tuple[rows.Key, Document]]:
    declared = declaration(kind)
    public = declared.public()
    if sources is not None:
        public = public.filter(pk__in=sources)
    for instance in public.iterator(chunk_size=500):
        for document in declared.documents(instance):
            yield (str(instance.pk), document.part), document


def _one_after_another(tenant_id: int, kind: str, sources: Iterable[str]) -> None:
    """Who comes second reads after the first has committed; without it the older text could win."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
            [(f"search {kind} {source}", tenant_id) for source in sources],
        )
