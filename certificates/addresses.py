"""Where a certificate is checked: the tenant's host, and the platform's behind it."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from certificates.numbering import Number
from tenants.models import Tenant


class CheckAddress(NamedTuple):
    """What the sheet prints (`host`, `platform`) and what its QR code holds."""

    host: str
    platform: str
    qr: str


def site_address(tenant: Tenant) -> str:
    """`http://heping.tianjin.localhost:8000`; the platform's where the tenant has no host."""
    platform = urlsplit(settings.PLATFORM_URL)
    domain = tenant.domains.order_by("-is_primary", "pk").values_list("domain", flat=True).first()
    port = f":{platform.port}" if platform.port else ""
    return f"{platform.scheme}://{domain}{port}" if domain else f"{platform.scheme}://{platform.netloc}"


def check_address(tenant: Tenant, number: Number) -> CheckAddress:
    """Capitals throughout: a QR code in alphanumeric mode is smaller, hosts and the path `/C/` take both."""
    platform = urlsplit(settings.PLATFORM_URL).netloc
    site = site_address(tenant)
    host = urlsplit(site).netloc
    return CheckAddress(host, platform if platform != host else "", f"{site}/C/{number.digits}".upper())
