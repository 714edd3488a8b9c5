"""The conditions a reader can choose, each a column of the listings; one table for both engines."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone


class Shape(Enum):
    """How a facet's values lie in a row: one, several, or as a span of time."""

    ONE = "one"
    MANY = "many"
    PAST = "past"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Facet:
    """`name` in addresses, `column` in rows; `spans` are days from today, for times."""

    name: str
    column: str
    shape: Shape = Shape.ONE
    spans: Mapping[str, int] | None = None


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("kind", "kind"),
        Facet("site", "tenant_id"),
        Facet("place", "places", Shape.MANY),
        Facet("brand", "brand"),
        Facet("service", "services", Shape.MANY),
        Facet("recipient", "recipients", Shape.MANY),
        Facet("who", "participation", Shape.MANY),
        Facet("status", "status"),
        Facet("coming", "starts_at", Shape.COMING, {"week": 7, "month": 31}),
        Facet("published", "published_on", Shape.PAST, {"month": 31, "year": 366}),
    )
}


def span_start(facet: Facet, value: str, now: dt.datetime) -> dt.date | dt.datetime:
    """Where a span of time ends or begins: `now` plus its days for what comes, today less its days for the past."""
    days = dt.timedelta(days=(facet.spans or {})[value])
    return now + days if facet.shape is Shape.COMING else timezone.localdate(now) - days


def known_values(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Those that can be asked for: of a span only its own, of a site only numbers."""
    facet = FACETS[name]
    if facet.spans is not None:
        return tuple(value for value in values if value in facet.spans)
    if name == "site":
        return tuple(value for value in values if value.isascii() and value.isdigit() and len(value) < 10)
    return tuple(value[:60] for value in values if value and "\x00" not in value)
