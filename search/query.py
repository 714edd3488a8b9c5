"""What can be asked of the listings, and what is answered: the same for both engines."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils import timezone

from search.analysis import Synonyms
from search.boosts import Boosts
from search.lexicon import default_synonyms

#: Deeper than this nobody reads; a page beyond it is empty.
DEEPEST = 5_000
#: More hits than this are said to be "more than": counting them all would cost more than finding them.
MOST_COUNTED = DEEPEST
#: A list of one kind in one site is narrowed by words to so many things, the latest.
MOST_SOURCES = 10_000
#: Of a question, longer than any; the rest is not read.
LONGEST = 200


class Sort(StrEnum):
    """In what order: best first, next occasion first, latest published first, nearest first."""

    RELEVANCE = "relevance"
    SOONEST = "soonest"
    NEWEST = "newest"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Where the reader is: a division, those that officers call its neighbours, perhaps a position in degrees."""

    division_code: str
    neighbours: Sequence[str] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingQuery:
    """A question to the listings.

    `tenants` None means every site that is open. `chosen` holds the values of each facet of
    `search.facets`; several widen, different facets narrow. `since` and `until` bound the occasion, or
    the day of publication where there is none.
    """

    now: dt.datetime
    text: str = ""
    tenants: tuple[int, ...] | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: dt.date | None = None
    until: dt.date | None = None
    sort: Sort = Sort.RELEVANCE
    near: Near | None = None
    offset: int = 0
    limit: int = 20
    synonyms: Synonyms = field(default_factory=default_synonyms)
    boosts: Boosts = field(default_factory=Boosts)
    with_facets: bool = True
    explain: bool = False

    @property
    def today(self) -> dt.date:
        """The reader's day, which begins eight hours before that of UTC."""
        return timezone.localdate(self.now)


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of why a hit stands where it does: `points` were added for `what`."""

    what: str
    points: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One listing found. `row` is a `search.models.Listing`; pieces are (text, whether it is what was sought).

    `copies` are rows of other sites that say the same.
    """

    row: Any
    score: float = 0.0
    title: Sequence[tuple[str, bool]] = ()
    snippet: Sequence[tuple[str, bool]] = ()
    metres: float | None = None
    reasons: Sequence[Reason] = ()
    copies: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine answers: rows with scores in order, how many there are in all, counts by facet and value."""

    hits: Sequence[Hit]
    total: int
    is_exact: bool = True
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """An answer as pages show it. `is_loose`: not every word was found together, so fewer were asked for.

    `rows` is how many rows there are to page through: fewer than `total` where copies stand in one.
    """

    query: ListingQuery
    hits: Sequence[Hit]
    total: int
    rows: int
    is_exact: bool
    is_loose: bool
    facets: Mapping[str, Mapping[str, int]]
    engine: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title or a body that completes what is being typed."""

    text: str
    kind: str
    url: str
    tenant_id: int
