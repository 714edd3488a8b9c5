"""Says whether this installation lives and whether it can serve: `/healthz`, `/readyz`."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tenants.fingerprint import migrations_fingerprint
from tenants.models import Tenant, Worker

FRESH = timedelta(seconds=90)
"""A worker beats every few seconds; after this long without a beat it is taken for dead."""

log = structlog.get_logger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served, else 503 with one word for each thing that is wrong."""
    faults = list(faults_at(timezone.now()))
    return JsonResponse({"status": "unready" if faults else "ok", "faults": faults}, status=503 if faults else 200)


def faults_at(now: datetime) -> Iterator[str]:
    """`database`, or any of `migrations: <schema>, …` and `worker`; two queries."""
    try:
        behind = unmigrated()
        beating = Worker.objects.filter(beat_at__gte=now - FRESH).exists()
    except DatabaseError as error:
        log.error("unready", error=type(error).__name__)
        yield "database"
        return
    if behind:
        yield f"migrations: {', '.join(behind[:5])}" + (f" +{len(behind) - 5}" if len(behind) > 5 else "")
    if not beating:
        yield "worker"


def unmigrated() -> list[str]:
    """Schemas of open sites, and `public`, whose recorded state is not that of the present migrations; one query."""
    return [
        tenant.schema_name
        for tenant in Tenant.objects.exclude(state="archived").only("schema_name", "migrations")
        if tenant.migrations != migrations_fingerprint(shared=tenant.is_public)
    ]
