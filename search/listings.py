"""The one function that writes listings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import translation

from search import locks, rows
from search.documents import Document
from search.models import Listing
from search.registry import concerned, declaration, declarations

CHUNK = 200


@dataclass(slots=True)
class _Wanted:
    """What of one kind is to be written: keys, and queries for more."""

    keys: set[str] = field(default_factory=set)
    queries: list[QuerySet[Any]] = field(default_factory=list)

    @classmethod
    def of(cls, keys: Iterable[Any]) -> "_Wanted":
        wanted = cls()
        wanted.add(keys)
        return wanted

    def add(self, keys: Iterable[Any]) -> None:
        if isinstance(keys, QuerySet):
            self.queries.append(keys)
        else:
            self.keys.update(map(str, keys))


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is to be written at the end of `collecting`, of the site in which it began."""

    schema_name: str
    wanted: dict[str, _Wanted] = field(default_factory=dict)


_noted: ContextVar[_Noted | None] = ContextVar("search_noted", default=None)


def changed(*instances: Any) -> None:
    """Write whatever says something of these: for changes that send no signal, as `update()` and bulk writes."""
    for instance in instances:
        for kind, keys in concerned(type(instance)):
            write(kind, keys(instance))


def write(kind: str, keys: Iterable[Any]) -> None:
    """Bring the listings of these things of the current site to what a visitor may see of them now.

    Runs in the caller's transaction. What is not public, or not there any more, is taken away; what has
    not changed is left alone. Two writers of one thing follow one another, the later sees both changes.
    `keys` may be a queryset of the things: then nobody else writes the kind, and none is missed.
    """
    noted = _noted.get()
    if noted is not None and noted.schema_name == connection.schema_name:
        noted.wanted.setdefault(kind, _Wanted()).add(keys)
        return
    _write_wanted({kind: _Wanted.of(keys)})


@contextmanager
def collecting() -> Iterator[None]:
    """Within, changes are only noted; each thing is written once, at the end, in the same transaction."""
    outer, noted = _noted.get(), _Noted(connection.schema_name)
    if outer is not None and outer.schema_name == noted.schema_name:
        yield
        return
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        token = _noted.set(noted)
        try:
            yield
        finally:
            _noted.reset(token)
        _write_wanted(noted.wanted)


def reserve(concerns: Mapping[str, Iterable[Any]]) -> None:
    """Take the locks of a change before it is made: of what many things name, whose rows they lock at their end."""
    tenant_id = locks.open_site()
    if tenant_id is not None:
        for kind in sorted(concerns):
            _lock(tenant_id, kind, _Wanted.of(concerns[kind]))


def remove(kind: str, keys: Iterable[Any]) -> None:
    """Take away the listings of things that are being deleted."""
    with transaction.atomic(savepoint=False):
        tenant_id, sources = locks.open_site(), sorted(map(str, keys))
        if tenant_id is not None:
            locks.things(tenant_id, kind, sources)
            rows.remove(tenant_id, kind, rows.known(tenant_id, kind, sources))


def write_stale(now: datetime) -> None:
    """Write what said of itself that it would be another by now, or that nobody may see it any more."""
    stale: dict[str, set[str]] = {}
    found = Listing.objects.filter(tenant_id=connection.tenant.pk, stale_at__lte=now)
    for kind, source in found.values_list("kind", "source"):
        stale.setdefault(kind, set()).add(source)
    for kind, sources in stale.items():
        if kind in declarations():
            write(kind, sources)


def _write_wanted(wanted: dict[str, _Wanted]) -> None:
    """Kinds always in the same order: two that need the locks of several do not wait for each other."""
    with transaction.atomic(savepoint=False):
        tenant_id = locks.open_site() if wanted else None
        if tenant_id is None:
            return
        for kind in sorted(wanted):
            sources = _locked(tenant_id, kind, wanted[kind])
            for at in range(0, len(sources), CHUNK):
                _write(tenant_id, kind, sources[at : at + CHUNK])


def _locked(tenant_id: int, kind: str, wanted: _Wanted) -> list[str]:
    """The sources, which nobody else writes until the transaction ends."""
    _lock(tenant_id, kind, wanted)
    found = (str(key) for query in wanted.queries for key in query.order_by().values_list("pk", flat=True))
    return sorted({*wanted.keys, *found})


def _lock(tenant_id: int, kind: str, wanted: _Wanted) -> None:
    if wanted.queries or len(wanted.keys) > CHUNK:
        locks.whole_kind(tenant_id, kind)
    elif wanted.keys:
        locks.things(tenant_id, kind, sorted(wanted.keys))


def _write(tenant_id: int, kind: str, sources: Sequence[str]) -> None:
    should = dict(documents_of(kind, sources))
    listed = rows.known(tenant_id, kind, sources)
    rows.remove(tenant_id, kind, listed.keys() - should.keys())
    rows.put(
        tenant_id,
        kind,
        [(source, document) for (source, part), document in should.items()
         if listed.get((source, part)) != document.fingerprint],
    )  # fmt: skip


def documents_of(kind: str, sources: Sequence[str] | None) -> Iterable[tuple[rows.Key, Document]]:
    """What these things, or all, say now; in the language of the sources, whoever saves and reads in which."""
    declared = declaration(kind)
    public = declared.public()
    found = public.iterator(chunk_size=500) if sources is None else public.filter(pk__in=sources)
    with translation.override(settings.LANGUAGE_CODE):
        for instance in found:
            for document in declared.documents(instance):
                yield (str(instance.pk), document.part), document
