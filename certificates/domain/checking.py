"""Notes in the log of each site that its certificates were checked in bulk: how many, never which or by whom."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django_tenants.utils import tenant_context

from certificates.batch.table import Line
from certificates.domain.logging import write_log
from certificates.enums import Action, Actor, CheckedOn
from certificates.verification import Outcome
from tenants.models import Tenant

_THERE = {Outcome.VALID, Outcome.SUPERSEDED, Outcome.REVOKED, Outcome.FORGOTTEN, Outcome.ALTERED}


def log_bulk_check(lines: Iterable[Line]) -> None:
    """An entry for each site that was asked: the one of this host, or from the platform every one concerned."""
    told = [line for line in lines if line.number and line.outcome != Outcome.ELSEWHERE]
    asked = Counter(line.number[:6] for line in told)
    found = Counter(line.number[:6] for line in told if line.outcome in _THERE)
    if not asked:
        return
    on_platform = connection.schema_name == "public"
    sites = Tenant.objects.exclude(schema_name="public").filter(division_code__in=asked).order_by("division_code")
    if not on_platform:
        sites = sites.filter(schema_name=connection.schema_name)
    for site in sites:
        with tenant_context(site):
            write_log(
                Action.CHECKED_IN_BULK,
                actor=Actor.ANYBODY,
                asked=asked[site.division_code],
                found=found[site.division_code],
                host=str(CheckedOn.PLATFORM if on_platform else CheckedOn.SITE),
            )
