"""Reads of what the tenant says of itself."""

from portal.core.models import LegalFooter, RuleSettings, SiteIdentity


def identity() -> SiteIdentity:
    """Name, mark and colours of the current tenant; one query."""
    return SiteIdentity.objects.first() or SiteIdentity()


def footer() -> LegalFooter:
    """The legal footer of the current tenant; one query."""
    return LegalFooter.objects.first() or LegalFooter()


def rules() -> RuleSettings:
    """The policy numbers of the current tenant; one query."""
    return RuleSettings.objects.first() or RuleSettings()
