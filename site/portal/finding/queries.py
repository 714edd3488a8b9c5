"""Reads of search: the answer to what an address asks for, and what stands in for it where there is none."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.functional import cached_property

from portal.finding.asking import Asked
from search.finding import find, find_folded
from search.query import DEEPEST, Results
from tenants.addresses import site_url
from tenants.models import Domain, Tenant


def answer(asked: Asked) -> tuple[Results, int]:
    """The results, and the number of their page: the last one where the address asks for one behind it.

    For several sites with what they have published alike as one row.
    """
    look = find_folded if asked.query.tenants is None else find
    found = look(asked.query)
    size = asked.query.limit
    last = max(1, -(-min(found.rows, DEEPEST) // size))
    if asked.page <= last:
        return found, asked.page
    return look(replace(asked.query, offset=(last - 1) * size)), last


class Sites:
    """The sites of the platform by key, read when a platform page first needs one; two queries."""

    @cached_property
    def _known(self) -> dict[int, Any]:
        primary = Prefetch("domains", Domain.objects.filter(is_primary=True))
        return {site.pk: site for site in Tenant.objects.exclude(schema_name="public").prefetch_related(primary)}

    @property
    def names(self) -> dict[int, str]:
        return {pk: site.name for pk, site in self._known.items()}

    def name(self, pk: int) -> str:
        """What a site is called in a list of several."""
        return str(self._known[pk].name) if pk in self._known else ""

    def url(self, pk: int, path: str) -> str:
        """The absolute address of a page of a site."""
        domains = self._known[pk].domains.all() if pk in self._known else ()
        return next((site_url(each.domain, path) for each in domains), path)


def platform_address(asked: Asked) -> str:
    """The same question on the platform's host."""
    values = {name: given for name, given in asked.values.items() if name != "site"}
    return f"{settings.PLATFORM_URL}/search/?{replace(asked, values=values).encoded}"
