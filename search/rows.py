"""Rows of the listings as SQL: many at a time, each with the version that the engines are fed by."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from search.documents import Document
from search.marks import marks
from search.models import Listing
from search.vectors import fields, filters, headings, prefixes, vector

#: (source, part): what tells the listings of one kind in one site apart.
Key = tuple[str, str]

_PLAIN = (
    "url", "title", "summary", "body", "number", "organiser", "place", "division_code", "brand", "status",
    "starts_at", "ends_at", "published_on", "latitude", "longitude", "visible_until", "stale_at", "fingerprint",
)  # fmt: skip
#: What a column holds at most; a longer text is cut, never refused: a save must not fail for its listing.
_MOST = {name: Listing._meta.get_field(name).max_length for name in _PLAIN}
_LISTS = ("places", "services", "recipients", "participation")
_VECTORS = ("vector", "prefixes")
COLUMNS = (*_PLAIN, *_LISTS, "marks", "shown", "length", *_VECTORS)


def known(tenant_id: int, kind: str, sources: Sequence[str] | None = None) -> dict[Key, str]:
    """The fingerprints of what is listed, of these sources or of all."""
    found = Listing.objects.filter(tenant_id=tenant_id, kind=kind)
    if sources is not None:
        found = found.filter(source__in=sources)
    return {(source, part): mark for source, part, mark in found.values_list("source", "part", "fingerprint")}


def put(tenant_id: int, kind: str, documents: Iterable[tuple[str, Document]]) -> None:
    """Write listings of one kind, each `(source, document)`, over whatever stood there."""
    written = [(source, document.part, *values(tenant_id, kind, document)) for source, document in documents]
    if not written:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, [(tenant_id, kind, *values, timezone.now()) for values in written])
    _note(tenant_id, kind, [(source, part) for source, part, *_ in written])


def remove(tenant_id: int, kind: str, keys: Iterable[Key]) -> None:
    """Take listings away."""
    gone = list(keys)
    if not gone:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM search_listing WHERE tenant_id = %s AND kind = %s AND source = %s AND part = %s",
            [(tenant_id, kind, *key) for key in gone],
        )
    _note(tenant_id, kind, gone)


def remove_all(tenant_id: int) -> int:
    """Take everything of a site away; how many listings there were."""
    with connection.cursor() as cursor:
        if settings.ELASTICSEARCH_URL:
            cursor.execute(_NOTE_ALL, [tenant_id])
        cursor.execute("DELETE FROM search_listing WHERE tenant_id = %s", [tenant_id])
        return int(cursor.rowcount)


def values(tenant_id: int, kind: str, document: Document) -> list[Any]:
    found = fields(document)
    plain = {name: _fitting(name, getattr(document, name)) for name in _PLAIN}
    lists = {name: list(getattr(document, name)) for name in _LISTS}
    return [
        *plain.values(),
        *lists.values(),
        marks({"kind": kind, **plain, **lists}),
        Jsonb(dict(document.shown)),
        len(document.title) + len(document.summary) + len(document.body),
        vector(found, [*filters(tenant_id, kind, document), *headings(found)]),
        prefixes(tenant_id, document),
    ]


def _fitting(name: str, value: Any) -> Any:
    """PostgreSQL knows no NUL."""
    return value.replace("\0", "")[: _MOST[name]] if isinstance(value, str) else value


def _note(tenant_id: int, kind: str, keys: Sequence[Key]) -> None:
    """Tell the second engine's feed, when there is one; in the transaction of the change."""
    if not settings.ELASTICSEARCH_URL:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_NOTE, [(tenant_id, kind, *key) for key in keys])


_PLACES = ["%s::tsvector" if name in _VECTORS else "%s" for name in COLUMNS]
_VERSION = "nextval('search_version')"
_UPSERT = (
    f"INSERT INTO search_listing (tenant_id, kind, source, part, {', '.join(COLUMNS)}, version, changed_at) "
    f"VALUES (%s, %s, %s, %s, {', '.join(_PLACES)}, {_VERSION}, %s) "
    "ON CONFLICT (tenant_id, kind, source, part) DO UPDATE SET "
    + ", ".join(f"{name} = EXCLUDED.{name}" for name in (*COLUMNS, "version", "changed_at"))
)
_NOTE = (
    "INSERT INTO search_change (tenant_id, kind, source, part, version, attempts, error) "
    f"VALUES (%s, %s, %s, %s, {_VERSION}, 0, '') ON CONFLICT (tenant_id, kind, source, part) "
    "DO UPDATE SET version = EXCLUDED.version, attempts = 0, next_try_at = NULL, error = ''"
)
_NOTE_ALL = (
    "INSERT INTO search_change (tenant_id, kind, source, part, version, attempts, error) "
    f"SELECT tenant_id, kind, source, part, {_VERSION}, 0, '' FROM search_listing WHERE tenant_id = %s "
    "ON CONFLICT (tenant_id, kind, source, part) "
    "DO UPDATE SET version = EXCLUDED.version, attempts = 0, next_try_at = NULL, error = ''"
)
