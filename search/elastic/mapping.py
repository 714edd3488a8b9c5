"""How a listing stands in the index: which fields, analysed how, kept for what."""

import datetime as dt
import hashlib
import json
from math import log
from typing import Any

from django.conf import settings
from django.utils import timezone

from search.elastic import tokens
from search.postgres.hits import MEAN_SHARE
from search.query import DEEPEST

USUAL = (40, 60, 90, 135, 200, 300, 450, 675, 1000, 1500)
"""Usual lengths in characters, of which the question takes the nearest: a document cannot know it, it changes."""

_KEYWORD = {"type": "keyword"}
_DATE = {"type": "date"}
#: Terms only stand there or not: how much each is worth is decided in our code, for both engines alike.
_TERMS = {"type": "text", "analyzer": "tokens", "index_options": "docs", "norms": False, "similarity": "boolean"}

PROPERTIES: dict[str, Any] = {
    "pk": {"type": "long"},
    "tenant": _KEYWORD,
    "kind": _KEYWORD,
    "source": {**_KEYWORD, "doc_values": False},
    "places": _KEYWORD,
    # Province, city and district alone: what is counted over all sites.
    "districts": _KEYWORD,
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
    # The day of the occasion, else of publication.
    "day": _DATE,
    # Every term; the same with where it stands first and second; short texts get more for a word.
    "all": _TERMS,
    "worth": _TERMS,
    "brevity": {"properties": {str(usual): {"type": "float", "index": False} for usual in USUAL}},
    # For suggestions, which are of whole things only.
    "whole": {"type": "boolean"},
    "name": {**_KEYWORD, "doc_values": False},
    "name_length": {"type": "short", "index": False},
    "beginnings": {**_KEYWORD, "doc_values": False},
}

#: The columns a document is made of, in this order, then the vectors as text.
COLUMNS = (
    "id", "tenant_id", "kind", "source", "part", "version", "places", "division_code", "brand", "services",
    "recipients", "participation", "status", "starts_at", "ends_at", "published_on", "visible_until", "latitude",
    "longitude", "length", "title",
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
            "max_result_window": DEEPEST + 1000,
            "analysis": {"analyzer": {"tokens": {"type": "custom", "tokenizer": "standard"}}},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"mark": mark()},
            # Rows are read from PostgreSQL, where they are as true as the last commit.
            "_source": {"enabled": False},
            "properties": PROPERTIES,
        },
    }


def serving() -> dict[str, Any]:
    """Settings of an index that is asked; a second node takes a copy by itself.

    Few segments: a question looks up some hundred words in each of them, and writes are rare beside questions.
    """
    merging = {"policy": {"segments_per_tier": 4, "max_merge_at_once": 4}}
    return {"index": {"refresh_interval": "500ms", "auto_expand_replicas": "0-1", "merge": merging}}


def mark() -> str:
    """Changes with this mapping: an index with another one has to be built anew."""
    shape = [PROPERTIES, COLUMNS, MEAN_SHARE, tokens.PLACES]
    return hashlib.sha1(json.dumps(shape, sort_keys=True).encode(), usedforsecurity=False).hexdigest()[:12]


def brevity(mean_length: float) -> str:
    """The field that divides by length where this is the usual one."""
    return f"brevity.{min(USUAL, key=lambda usual: abs(log(usual / max(mean_length, 1))))}"


def identity(tenant_id: int, kind: str, source: str, part: str) -> str:
    """The id of the document of a listing."""
    return f"{tenant_id}/{kind}/{source}/{part}"


def document(row: tuple[Any, ...]) -> dict[str, Any]:
    """The document of a row with the columns `SELECTED`."""
    values = dict(zip(COLUMNS, row, strict=False))
    vector, prefixes = row[len(COLUMNS) :]
    every, worth = tokens.written(vector)
    return {
        "pk": values["id"],
        "tenant": str(values["tenant_id"]),
        "kind": values["kind"],
        "source": values["source"],
        **{name: values[name] for name in _SAME if values[name] not in (None, "", [])},
        "districts": values["places"][:3],
        **_point(values["latitude"], values["longitude"]),
        **_day(values["starts_at"], values["published_on"]),
        "all": every,
        "worth": worth,
        "brevity": {str(usual): 1 / (1 - MEAN_SHARE + MEAN_SHARE * values["length"] / usual) for usual in USUAL},
        "whole": not values["part"],
        "name": values["title"].lower(),
        "name_length": len(values["title"]),
        # Those for one site are found by asking for the site.
        "beginnings": [form[1:] for form in tokens.lexemes(prefixes) if form.startswith("|")],
    }


def _day(starts_at: dt.datetime | None, published_on: dt.date | None) -> dict[str, Any]:
    day = timezone.localtime(starts_at).date() if starts_at else published_on
    return {"day": day} if day else {}


def _point(latitude: float | None, longitude: float | None) -> dict[str, Any]:
    if latitude is None or longitude is None:
        return {}
    return {"point": {"lat": latitude, "lon": longitude}}
