"""How commands name a site, and how they report a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db.models import Q

from tenants.errors import TenantError
from tenants.models import Tenant

SITE_HELP = "Division code (120101), host name or full name of the site."


def find_tenant(text: str) -> Tenant:
    """The site with this division code, schema, host name or full name."""
    named = Q(division_code=text) | Q(schema_name=text) | Q(domains__domain=text.lower()) | Q(name=text)
    tenant = Tenant.objects.exclude(schema_name="public").filter(named).distinct().first()
    if tenant is None:
        raise CommandError(f"No site is called {text!r}: give a division code, a host name or the full name.")
    return tenant


@contextmanager
def refusals() -> Iterator[None]:
    """A refused verb ends the command with its reason and exit code 1, without a traceback."""
    try:
        yield
    except TenantError as error:
        raise CommandError(error.message) from error
