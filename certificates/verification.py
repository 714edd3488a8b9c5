"""What anyone may learn of a certificate from its number: 令67号 and the domain's §3, and nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tenants.utils import tenant_context

from certificates.addresses import site_address
from certificates.enums import State
from certificates.models import Certificate
from certificates.numbering import Number
from certificates.wording import hours, long_date, period
from tenants.models import Tenant


class Outcome(StrEnum):
    """What the check says first."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome, what the law lets be seen as (label, value), and where to go on."""

    outcome: Outcome
    public: tuple[tuple[str, str], ...] = ()
    newer: str = ""
    site_name: str = ""
    site_url: str = ""


def check_here(number: Number) -> Finding:
    """Ask the tenant of this host; a number of another tenant is named as such, without looking at it."""
    here = Tenant.objects.get(schema_name=connection.schema_name)
    if number.division == here.division_code:
        return _look_up(number)
    other = _tenant_of(number)
    if other is None:
        return Finding(Outcome.UNKNOWN)
    return Finding(Outcome.ELSEWHERE, site_name=other.name, site_url=site_address(other))


def check_anywhere(number: Number) -> Finding:
    """Ask the tenant whose division the number carries, also when its own site is paused."""
    tenant = _tenant_of(number)
    if tenant is None:
        return Finding(Outcome.UNKNOWN)
    with tenant_context(tenant):
        return _look_up(number)


def _tenant_of(number: Number) -> Tenant | None:
    found: Tenant | None = Tenant.objects.exclude(schema_name="public").filter(division_code=number.division).first()
    return found


def _look_up(number: Number) -> Finding:
    """A number taken for a sheet that is still being made is as unknown as one never taken."""
    certificate = (
        Certificate.objects.select_related("replaced_by").filter(number=str(number), issued_at__isnull=False).first()
    )
    if certificate is None:
        return Finding(Outcome.UNKNOWN)
    newer = getattr(certificate, "replaced_by", None)
    return Finding(
        _OUTCOMES[certificate.state],
        public=_public(certificate),
        newer=newer.number if newer and newer.issued_at and certificate.state == State.SUPERSEDED else "",
    )


_OUTCOMES = {
    State.ISSUED: Outcome.VALID,
    State.SUPERSEDED: Outcome.SUPERSEDED,
    State.REVOKED: Outcome.REVOKED,
}


def _public(certificate: Certificate) -> tuple[tuple[str, str], ...]:
    facts = certificate.facts
    return (
        (_("编号"), certificate.number),
        (_("状态"), _status(certificate)),
        (_("姓名"), facts.holder_masked),
        (_("服务时长"), _("%(hours)s小时") % {"hours": hours(facts.minutes)}),
        (_("服务期间"), period(facts.period_start, facts.period_end)),
        (_("出具单位"), facts.issuer),
        (_("出具日期"), long_date(certificate.issued_on)),
    )


def _status(certificate: Certificate) -> str:
    if certificate.state == State.ISSUED:
        return _("有效")
    day = long_date(timezone.localdate(certificate.ended_at))
    if certificate.state == State.REVOKED:
        return _("%(day)s起已撤销") % {"day": day}
    return _("%(day)s起不再使用") % {"day": day}
