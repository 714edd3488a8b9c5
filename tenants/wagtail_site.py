"""Keeps Wagtail's own idea of the site's address equal to the registry's."""

from typing import Any

from wagtail.models import Site

from tenants.addresses import site_port


def follow_primary_domain(*, host: str, **_: Any) -> None:
    """Write the host name and the port into the default site of the current tenant.

    Previews, mails and feeds make absolute addresses from it.
    """
    Site.objects.filter(is_default_site=True).update(hostname=host, port=site_port())
    Site.clear_site_root_paths_cache()
