"""Reads of what the tenant says of itself."""

from django.db import connection
from django.utils.translation import gettext

from portal.core.models import LegalFooter, RuleSettings, SiteIdentity


def identity() -> SiteIdentity:
    """Name, mark and colours of the current tenant; one query."""
    return SiteIdentity.objects.first() or SiteIdentity()


def site_name() -> str:
    """How this site signs: a tenant's own name, or the platform's."""
    return gettext("银龄") if connection.schema_name == "public" else identity().site_name


def footer() -> LegalFooter:
    """The legal footer of the current tenant; one query."""
    return LegalFooter.objects.first() or LegalFooter()


def rules() -> RuleSettings:
    """The policy numbers of the current tenant; one query."""
    return RuleSettings.objects.first() or RuleSettings()
