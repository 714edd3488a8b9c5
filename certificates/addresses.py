"""Where a certificate is checked: the tenant's host, and the platform's behind it."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from certificates.numbering import Number
from tenants.models import Domain, Tenant


class CheckAddress(NamedTuple):
    """What the sheet prints (`host`, `platform`) and what its QR code holds."""

    host: str
    platform: str
    qr: str


def site_address(tenant: Tenant) -> str:
    """`http://heping.tianjin.localhost:8000`; the platform's where the tenant has no host."""
    return site_addresses([tenant])[tenant.pk]


def site_addresses(tenants: Iterable[Tenant]) -> dict[int, str]:
    """The same for many tenants by primary key; one query."""
    platform = urlsplit(settings.PLATFORM_URL)
    port = f":{platform.port}" if platform.port else ""
    found = {tenant.pk: f"{platform.scheme}://{platform.netloc}" for tenant in tenants}
    rows = Domain.objects.filter(tenant__in=found).order_by("is_primary", "-pk").values_list("tenant", "domain")
    return found | {tenant: f"{platform.scheme}://{domain}{port}" for tenant, domain in rows}


def check_address(tenant: Tenant, number: Number) -> CheckAddress:
    """Capitals throughout: a QR code in alphanumeric mode is smaller, hosts and the path `/C/` take both."""
    platform = urlsplit(settings.PLATFORM_URL).netloc
    site = site_address(tenant)
    host = urlsplit(site).netloc
    return CheckAddress(host, platform if platform != host else "", f"{site}/C/{number.digits}".upper())
