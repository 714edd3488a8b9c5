"""In how many listings a term stands: counted per site and for all of them, looked up by question."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count

from search.models import Frequency, Listing, Scope

EVERYWHERE = 0
#: A term in fewer than one of so many listings is kept as rare, without a count.
RARE = 200
FEWEST = 3
#: For the whole platform this many listings are looked at; they tell as much as all.
SAMPLE = 20_000
#: A site is counted again when this share of it has changed, all of them after so many hours.
CHANGED = 0.02
HOURS = 12
REMEMBERED = 300.0
MOST_REMEMBERED = 50_000

_remembered: dict[tuple[int, str], tuple[float, float]] = {}
_scopes: dict[int, tuple[float, "Scope | None"]] = {}


@dataclass(frozen=True, slots=True)
class Frequencies:
    """`known[term]` is in how many of `documents` listings a term stands; what was too rare to count stands in few."""

    documents: float
    mean_length: float
    counted: dict[str, float] = field(default_factory=dict)

    def __getitem__(self, term: str) -> float:
        return self.counted.get(term, max(1.0, min(FEWEST, self.documents / RARE)))


def frequencies(tenants: tuple[int, ...] | None, terms: Iterable[str]) -> Frequencies:
    """What is known of `terms` in one site, or everywhere. At most two small queries, remembered for some minutes."""
    scope = _scope(tenants[0]) if tenants and len(tenants) == 1 else None
    scope = scope or _scope(EVERYWHERE)
    if scope is None:
        return Frequencies(1000, 300)
    wanted = list(terms)
    now = time.monotonic()
    missing = [term for term in wanted if _remembered.get((scope.pk, term), (0.0, 0.0))[0] < now]
    if missing:
        counts = dict(Frequency.objects.filter(scope=scope, term__in=missing).values_list("term", "documents"))
        if len(_remembered) > MOST_REMEMBERED:
            _remembered.clear()
        _remembered.update({(scope.pk, term): (now + REMEMBERED, counts.get(term, 0)) for term in missing})
    counted = {term: number for term in wanted if (number := _remembered.get((scope.pk, term), (0.0, 0.0))[1])}
    return Frequencies(scope.documents, scope.mean_length, counted)


def count(tenant_id: int, *, now: datetime) -> None:
    """Count the terms of one site, or with `EVERYWHERE` of a sample of all; replaces what was counted before."""
    source, real = _source(tenant_id)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), coalesce(avg(length), 1) FROM ({source}) AS counted")
        looked_at, mean = cursor.fetchone()
        documents = real or looked_at
        Scope.objects.update_or_create(
            pk=tenant_id, defaults={"documents": documents, "mean_length": mean, "counted_at": now}
        )
        Frequency.objects.filter(scope_id=tenant_id).delete()
        cursor.execute(
            "INSERT INTO search_frequency (scope_id, term, documents) SELECT %s, word, ndoc * %s FROM ts_stat(%s) "
            "WHERE ndoc >= greatest(%s, %s::int / %s) AND length(word) <= 120 AND left(word, 1) NOT IN ('=', '!')",
            [
                tenant_id,
                documents / max(looked_at, 1),
                f"SELECT vector FROM ({source}) AS counted",
                FEWEST,
                looked_at,
                RARE,
            ],
        )
    forget()


def count_due(*, now: datetime) -> list[int]:
    """Count every scope that has changed enough, and the whole twice a day; which ones were counted."""
    scopes = {scope.pk: scope for scope in Scope.objects.all()}
    sizes = dict(Listing.objects.values_list("tenant_id").annotate(number=Count("pk")))
    due = [EVERYWHERE] if _is_old(scopes.get(EVERYWHERE), now) and sizes else []
    for tenant_id, size in sizes.items():
        scope = scopes.get(tenant_id)
        changed = size if scope is None else _changed_since(tenant_id, scope.counted_at) + abs(size - scope.documents)
        if changed > CHANGED * size:
            due.append(tenant_id)
    for tenant_id in due:
        count(tenant_id, now=now)
    return due


def forget() -> None:
    """Ask the database again; other processes do within some minutes."""
    _remembered.clear()
    _scopes.clear()


def _scope(tenant_id: int) -> Scope | None:
    until, scope = _scopes.get(tenant_id, (0.0, None))
    if until < time.monotonic():
        scope = Scope.objects.filter(pk=tenant_id).first()
        _scopes[tenant_id] = (time.monotonic() + REMEMBERED, scope)
    return scope


def _is_old(scope: Scope | None, now: datetime) -> bool:
    return scope is None or scope.counted_at < now - timedelta(hours=HOURS)


def _changed_since(tenant_id: int, moment: datetime) -> int:
    return Listing.objects.filter(tenant_id=tenant_id, changed_at__gt=moment).count()


def _source(tenant_id: int) -> tuple[str, int]:
    """The listings to look at, and how many there are in truth when these are a sample, else 0."""
    if tenant_id != EVERYWHERE:
        return f"SELECT vector, length FROM search_listing WHERE tenant_id = {int(tenant_id)}", 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'search_listing'::regclass")
        rows = float(cursor.fetchone()[0])
    if rows <= SAMPLE * 2:
        return "SELECT vector, length FROM search_listing", 0
    percent = max(0.01, min(100.0, SAMPLE / rows * 100))
    # Repeatable: both statements of a count look at the same listings.
    return f"SELECT vector, length FROM search_listing TABLESAMPLE SYSTEM ({percent:.4f}) REPEATABLE (1)", int(rows)
