"""What the listings of a site hold, for tests."""

from typing import Any

from django.db import connection

from search.models import Listing


def listed(kind: str, tenant: Any = None) -> list[Listing]:
    """The listings of one kind of the current site, or of `tenant`."""
    site = tenant or connection.tenant
    return list(Listing.objects.filter(tenant_id=site.pk, kind=kind).order_by("source", "part"))


def titles(kind: str, tenant: Any = None) -> list[str]:
    return [listing.title for listing in listed(kind, tenant)]


def only(kind: str) -> Listing:
    """The one listing of this kind."""
    (found,) = listed(kind)
    return found


def everything() -> str:
    """All listings of all sites as one text, the vectors included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM public.search_listing l ORDER BY id")
        return "\n".join(row[0] for row in cursor.fetchall())
