"""Every public page template once. A feature adds its pages here; the walk visits them all in every width and mode.

`make` runs in tenant A's database (or the platform's), writes what the page needs and returns its address.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page template; `status` is what it must answer."""

    name: str
    make: Callable[[], str]
    platform: bool = False
    status: int = 200


def at(path: str) -> Callable[[], str]:
    """A page that needs no data of its own."""
    return lambda: path


def checked_certificate(*, holder: str = "valid", revoked: bool = False) -> str:
    """The result of a check, of a certificate that tenant A has issued."""
    from django_tenants.utils import tenant_context

    from certificates.domain import revoke_certificate
    from tenants.models import Tenant
    from tests.factories.certificates import make_issued

    with tenant_context(Tenant.objects.get(division_code="120101")):
        certificate = make_issued(holder_key=holder)
        if revoked:
            revoke_certificate(certificate, reason="冒名领取", revoked_by="officer")
    return f"/certificates/check/{certificate.number}/"


PAGES = [
    PublicPage("styleguide", at("/styleguide/")),
    PublicPage("accessibility", at("/accessibility/")),
    PublicPage("privacy", at("/privacy/")),
    PublicPage("sitemap", at("/site-map/")),
    PublicPage("certificate check", at("/certificates/check/")),
    PublicPage("certificate misread", at("/certificates/check/?number=120101-2026-000001-1"), status=400),
    PublicPage("certificate valid", checked_certificate),
    PublicPage("certificate revoked", lambda: checked_certificate(holder="revoked", revoked=True)),
    PublicPage("certificate elsewhere", at("/certificates/check/450100-2026-000001-2/"), status=404),
    PublicPage("platform certificate check", at("/certificates/check/"), platform=True),
    PublicPage("platform certificate valid", lambda: checked_certificate(holder="platform"), platform=True),
    PublicPage("not found", at("/no-such-page/"), status=404),
    PublicPage("platform accessibility", at("/accessibility/"), platform=True),
    PublicPage("platform not found", at("/no-such-page/"), platform=True, status=404),
]
