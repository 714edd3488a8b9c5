"""Detail pages in words of schema.org, so that search engines and assistants read them without guessing.

Each app registers one pure function for each of its kinds with `describes`; a page writes the result by
`{% linked_data thing %}`. It is data, not a script: the content policy has nothing to allow.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

Describe = Callable[[Any], Mapping[str, Any]]

_describers: dict[type, Describe] = {}
#: What could end the element, or begin a comment in it.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def describes(kind: type) -> Callable[[Describe], Describe]:
    """Register the function that says what a thing of this class is; `url` is a path of the site."""

    def register(function: Describe) -> Describe:
        _describers[kind] = function
        return function

    return register


def linked_data(thing: Any, *, root: str) -> SafeString:
    """The element for a thing that somebody describes, else nothing. `root` is the site's address without a slash."""
    describe = _describers.get(type(thing))
    if describe is None:
        return SafeString("")
    said = {"@context": "https://schema.org", **describe(thing), "inLanguage": "zh-CN"}
    if said.get("url"):
        said["@id"] = said["url"] = root + said["url"]
    written = json.dumps(without_empty(said), ensure_ascii=False, default=_written)
    return mark_safe(f'<script type="application/ld+json">{written.translate(_ESCAPES)}</script>')  # noqa: S308  # escaped


def without_empty(value: Any) -> Any:
    """The same without what says nothing; a zero and a no say something."""
    if isinstance(value, Mapping):
        kept = {name: without_empty(each) for name, each in value.items()}
        kept = {name: each for name, each in kept.items() if each not in (None, "", {}, [])}
        return kept if set(kept) - {"@type"} else {}
    if isinstance(value, list | tuple):
        return [each for each in map(without_empty, value) if each not in (None, "", {}, [])]
    return value


def place(name: str, *, address: str = "", locality: str = "", latitude: Any = None, longitude: Any = None) -> Any:
    """A place with its address and, where it is known, its position."""
    lies = {"@type": "PostalAddress", "streetAddress": address, "addressLocality": locality, "addressCountry": "CN"}
    at = {"@type": "GeoCoordinates", "latitude": _degrees(latitude), "longitude": _degrees(longitude)}
    return {"@type": "Place", "name": name, "address": lies, "geo": at if latitude is not None else None}


def organisation(name: str, kind: str = "Organization", **more: Any) -> dict[str, Any]:
    """A body by its name; nothing without one."""
    return {"@type": kind, "name": name, **more} if name else {}


def _degrees(value: Any) -> float | None:
    return None if value is None else float(value)


def _written(value: Any) -> str:
    """Times with the offset of the site, days as they are; texts of translation as text."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date) else str(value)
