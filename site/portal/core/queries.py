"""Reads of what the tenant says of itself, and of the pages that everybody may see."""

from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.lookups import StartsWith
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from portal.core.models import LegalFooter, RuleSettings, SiteIdentity
from tenants.reads import Read

_RULES = Read(lambda: RuleSettings.objects.order_by("pk")[:1])


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
    return next(iter(_RULES()), None) or RuleSettings()


def for_everybody(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Published pages that stand behind no password or sign-in, nor below one that does.

    What Wagtail's `.live().public()` gives, which reads the restrictions first and writes them into the query.
    """
    closed = PageViewRestriction.objects.filter(StartsWith(OuterRef("path"), F("page__path")))
    return pages.filter(~Exists(closed), live=True)
