"""How a listing stands in the index: which fields, analysed how, kept for what."""

import hashlib
import json
from typing import Any

from django.conf import settings

from search.elastic import tokens

_KEYWORD = {"type": "keyword"}
_DATE = {"type": "date"}
#: Terms that are looked up and ranked; no positions, nobody asks for phrases: pairs of characters are terms.
_TERMS = {"type": "text", "analyzer": "tokens", "index_options": "freqs", "similarity": "terms"}

PROPERTIES: dict[str, Any] = {
    "pk": {"type": "long"},
    "tenant": _KEYWORD,
    "kind": _KEYWORD,
    "source": {**_KEYWORD, "doc_values": False},
    "places": _KEYWORD,
    "division_code": _KEYWORD,
    "brand": _KEYWORD,
    "services": _KEYWORD,
    "recipients": _KEYWORD,
    "participation": _KEYWORD,
    "status": _KEYWORD,
    "starts_at": _DATE,
    "ends_at": _DATE,
    "published_on": _DATE,
    "visible_until": _DATE,
    "point": {"type": "geo_point"},
    # What it is called and filed under; everything together.
    "head": _TERMS,
    "all": _TERMS,
    "beginnings": {**_KEYWORD, "doc_values": False},
}

#: Lengths count for less than usual: a policy of ten pages is no worse an answer than a note.
_SIMILARITY = {"type": "BM25", "k1": 1.2, "b": 0.3}

#: The columns a document is made of, in this order, then the vectors as text.
COLUMNS = (
    "id", "tenant_id", "kind", "source", "part", "version", "places", "division_code", "brand", "services",
    "recipients", "participation", "status", "starts_at", "ends_at", "published_on", "visible_until", "latitude",
    "longitude",
)  # fmt: skip
SELECTED = ", ".join([*(f"listing.{name}" for name in COLUMNS), "listing.vector::text", "listing.prefixes::text"])
_SAME = COLUMNS[6:17]


def definition() -> dict[str, Any]:
    """Settings and mapping of a new index, ready for many writes; `serving` are those of a finished one."""
    return {
        "settings": {
            "number_of_shards": settings.ELASTICSEARCH_SHARDS,
            "number_of_replicas": 0,
            "refresh_interval": -1,
            # A write that was under way for long must still find that the listing was deleted meanwhile.
            "gc_deletes": "1h",
            "analysis": {"analyzer": {"tokens": {"type": "custom", "tokenizer": "standard"}}},
            "similarity": {"terms": _SIMILARITY},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"mark": mark()},
            "_source": {"excludes": ["head", "all", "beginnings"]},
            "properties": PROPERTIES,
        },
    }


def serving() -> dict[str, Any]:
    """Settings of an index that is asked; a second node takes a copy by itself."""
    return {"index": {"refresh_interval": "500ms", "auto_expand_replicas": "0-1"}}


def mark() -> str:
    """Changes with this mapping: an index with another one has to be built anew."""
    shape = [PROPERTIES, _SIMILARITY, COLUMNS]
    return hashlib.sha1(json.dumps(shape, sort_keys=True).encode(), usedforsecurity=False).hexdigest()[:12]


def identity(tenant_id: int, kind: str, source: str, part: str) -> str:
    """The id of the document of a listing."""
    return f"{tenant_id}/{kind}/{source}/{part}"


def document(row: tuple[Any, ...]) -> dict[str, Any]:
    """The document of a row with the columns `SELECTED`."""
    values = dict(zip(COLUMNS, row, strict=False))
    vector, prefixes = row[len(COLUMNS) :]
    # Conditions are terms only for PostgreSQL's sake.
    standing = [(term, weights) for term, weights in tokens.lexemes(vector) if weights]
    return {
        "pk": values["id"],
        "tenant": str(values["tenant_id"]),
        "kind": values["kind"],
        "source": values["source"],
        **{name: values[name] for name in _SAME if values[name] not in (None, "", [])},
        **_point(values["latitude"], values["longitude"]),
        "head": tokens.text(term for term, weights in standing for weight in weights if weight in "AB"),
        "all": tokens.text(term for term, weights in standing for _weight in weights),
        # Those for one site are found by asking for the site.
        "beginnings": [form[1:] for form, _ in tokens.lexemes(prefixes) if form.startswith("|")],
    }


def _point(latitude: float | None, longitude: float | None) -> dict[str, Any]:
    if latitude is None or longitude is None:
        return {}
    return {"point": {"lat": latitude, "lon": longitude}}
