"""Compares what is listed with what is public, and repairs what differs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import connection, transaction
from django.utils import timezone

from search import listings, rows
from search.models import Comparison, Listing
from search.registry import declarations
from tenants.enums import TenantState
from tenants.models import Tenant

log = structlog.get_logger(__name__)
Say = Callable[[str], object]
#: What changed by the clock so lately may still be in the clock's hands.
FRESH = timedelta(minutes=15)
EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Drift:
    """How the listings of one kind differ from what is public: nothing of it is right."""

    kind: str
    listed: int
    missing: frozenset[rows.Key]
    extra: frozenset[rows.Key]
    outdated: frozenset[rows.Key]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.outdated)

    def __str__(self) -> str:
        return f"{len(self.missing)} missing, {len(self.extra)} extra, {len(self.outdated)} outdated"

    @property
    def sources(self) -> list[str]:
        return sorted({source for source, _part in self.missing | self.extra | self.outdated})


def compare_all() -> list[Drift]:
    """Every kind of the current site, also one that is declared no more."""
    tenant = _site()
    listed = Listing.objects.filter(tenant_id=tenant.pk).values_list("kind", flat=True).distinct()
    return [compare(kind) for kind in dict.fromkeys([*declarations(), *listed])]


def compare(kind: str) -> Drift:
    """What of one kind is listed, beside what should be; nothing should of a closed site. Reads one moment."""
    tenant = _site()
    closed = tenant.state != TenantState.ACTIVE or kind not in declarations()
    with _one_moment():
        should = {} if closed else {key: said.fingerprint for key, said in listings.documents_of(kind, None)}
        listed = rows.known(tenant.pk, kind)
        turning = _turning(tenant.pk, kind)
    return Drift(
        kind,
        len(listed),
        missing=frozenset(should.keys() - listed.keys()),
        extra=frozenset(listed.keys() - should.keys() - turning),
        outdated=frozenset(key for key in should.keys() & listed.keys() - turning if should[key] != listed[key]),
    )


def repair(drift: Drift) -> None:
    """Write what differs, a few at a time: others save meanwhile."""
    tenant = _site()
    if drift.kind not in declarations() or tenant.state != TenantState.ACTIVE:
        rows.remove(tenant.pk, drift.kind, drift.extra)
        return
    for at in range(0, len(drift.sources), listings.CHUNK):
        listings.write(drift.kind, drift.sources[at : at + listings.CHUNK])


def write_all(*, say: Say = lambda line: None) -> int:
    """Bring everything of the current site into the listings; how many things were written or taken away."""
    written = 0
    for drift in compare_all():
        repair(drift)
        written += len(drift.sources)
        say(f"{connection.schema_name}  {drift.kind}  {drift.listed}  {drift}")
    return written


def report() -> Comparison:
    """Compare the current site and keep the result where operators see it."""
    began = time.monotonic()
    found = compare_all()
    wrong = [drift for drift in found if drift]
    examples = [f"{drift.kind} {source}" for drift in wrong for source in drift.sources][:EXAMPLES]
    for drift in wrong:
        log.warning("listings_drift", kind=drift.kind, drift=str(drift), examples=drift.sources[:EXAMPLES])
    values = {
        "compared_at": timezone.now(),
        "seconds": time.monotonic() - began,
        "listings": sum(drift.listed for drift in found),
        "missing": sum(len(drift.missing) for drift in found),
        "extra": sum(len(drift.extra) for drift in found),
        "outdated": sum(len(drift.outdated) for drift in found),
        "examples": "\n".join(examples),
    }
    kept, _made = Comparison.objects.update_or_create(tenant=_site(), defaults=values)
    return kept


def _site() -> Tenant:
    return Tenant.objects.get(schema_name=connection.schema_name)


def _turning(tenant_id: int, kind: str) -> set[rows.Key]:
    """Listings whose time has just come; the clock writes them within a minute or two."""
    now = timezone.now()
    found = Listing.objects.filter(tenant_id=tenant_id, kind=kind, stale_at__range=(now - FRESH, now))
    return set(found.values_list("source", "part"))


@contextmanager
def _one_moment() -> Iterator[None]:
    """A listing is written with its change: in one snapshot both are seen, or neither."""
    alone = not connection.in_atomic_block
    with transaction.atomic() if alone else nullcontext():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
