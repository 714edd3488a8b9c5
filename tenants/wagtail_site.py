"""Keeps Wagtail's own idea of the site's address equal to the registry's."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def follow_primary_domain(*, host: str, **_: Any) -> None:
    """Write the host name, and the port of PLATFORM_URL, into the default site of the current tenant.

    Previews, mails and feeds make absolute addresses from it.
    """
    platform = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = platform.port or (443 if platform.scheme == "https" else 80)
    Site.objects.filter(is_default_site=True).update(hostname=host, port=port)
    Site.clear_site_root_paths_cache()
