"""The one function that writes listings, and those that compare, repair and remove them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from tenants.enums import TenantState
from tenants.models import Tenant

CHUNK = 200


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


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is to be written at the end of `collecting`, of the site in which it began."""

    schema_name: str
    keys: dict[str, set[Any]] = field(default_factory=dict)
    queries: list[tuple[str, QuerySet[Any]]] = field(default_factory=list)


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
        if isinstance(keys, QuerySet):
            noted.queries.append((kind, keys))
        else:
            noted.keys.setdefault(kind, set()).update(keys)
        return
    with transaction.atomic(savepoint=False):
        tenant_id = locks.open_site()
        if tenant_id is not None:
            sources = _locked(tenant_id, kind, keys)
            for at in range(0, len(sources), CHUNK):
                _write(tenant_id, kind, sources[at : at + CHUNK])


@contextmanager
def collecting() -> Iterator[None]:
    """Within, changes are only noted; each thing is written once, at the end, in the same transaction."""
    noted = _Noted(connection.schema_name)
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        token = _noted.set(noted)
        try:
            yield
        finally:
            _noted.reset(token)
        for kind, found in noted.queries:
            write(kind, found)
        for kind, keys in noted.keys.items():
            write(kind, keys)


def write_all(*, say: Callable[[str], object] = lambda line: None) -> int:
    """Write every public thing of the current site, and take away what is none; how many rows changed."""
    changed = 0
    for kind in declarations():
        drift = compare(kind)
        write(kind, drift.sources)
        changed += len(drift.sources)
        say(f"{connection.schema_name}  {kind}  {len(drift.sources)}")
    return changed


def compare(kind: str) -> Drift:
    """What of one kind is listed, beside what should be, in the current site; nothing of a closed one."""
    tenant = Tenant.objects.get(schema_name=connection.schema_name)
    closed = tenant.state != TenantState.ACTIVE
    should = {} if closed else {key: document.fingerprint for key, document in _documents(kind, None)}
    listed = rows.known(tenant.pk, kind)
    return Drift(
        kind,
        missing=frozenset(should.keys() - listed.keys()),
        extra=frozenset(listed.keys() - should.keys()),
        outdated=frozenset(key for key in should.keys() & listed.keys() if should[key] != listed[key]),
    )


def write_stale(now: datetime) -> None:
    """Write what said of itself that it would be another by now, or that nobody may see it any more."""
    stale: dict[str, set[str]] = {}
    found = Listing.objects.filter(tenant_id=connection.tenant.pk, stale_at__lte=now)
    for kind, source in found.values_list("kind", "source"):
        stale.setdefault(kind, set()).add(source)
    for kind, sources in stale.items():
        if kind in declarations():
            write(kind, sources)


def _locked(tenant_id: int, kind: str, keys: Iterable[Any]) -> list[str]:
    """The sources, which nobody else writes until the transaction ends."""
    if isinstance(keys, QuerySet):
        locks.whole_kind(tenant_id, kind)
        return sorted(map(str, keys.order_by().values_list("pk", flat=True)))
    sources = sorted({str(key) for key in keys})
    if len(sources) > CHUNK:
        locks.whole_kind(tenant_id, kind)
    elif sources:
        locks.things(tenant_id, kind, sources)
    return sources


def _write(tenant_id: int, kind: str, sources: Sequence[str]) -> None:
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
    """What is said is said in the language of the sources, whoever saves and reads in which."""
    declared = declaration(kind)
    public = declared.public()
    found = public.iterator(chunk_size=500) if sources is None else public.filter(pk__in=sources)
    with translation.override(settings.LANGUAGE_CODE):
        for instance in found:
            for document in declared.documents(instance):
                yield (str(instance.pk), document.part), document
