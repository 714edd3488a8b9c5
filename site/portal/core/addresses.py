"""Whole addresses of the current tenant's site, for mails and short messages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from tenants.models import Domain


def absolute_url(path: str) -> str:
    """`path` on the primary domain of the tenant in which the connection stands; one query.

    Scheme and port are those of the platform's address: behind a proxy only the setting knows them.
    """
    platform = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    domain = Domain.objects.filter(tenant__schema_name=connection.schema_name, is_primary=True).first()
    host = domain.domain if domain else platform.hostname
    port = f":{platform.port}" if platform.port else ""
    return f"{platform.scheme}://{host}{port}{path}"
