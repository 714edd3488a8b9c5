"""What a public thing says of itself: the facts that a listing is written from."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from search.lexicon import DATA

#: Of the prefixes of provinces, cities, districts, streets and communities.
_LENGTHS = (2, 4, 6, 9, 12)
#: Of a very long text this much is searched; the rest of a policy has parts of its own.
MOST_BODY = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One listing to be. Public data only: whatever stands here anybody may find.

    `part` tells several listings of one thing apart. `keywords` are found like the title but not shown.
    `starts_at` is the next occasion or deadline. After `visible_until` it is not found; at `stale_at`
    it is to be written anew, because its status or its next occasion changes then. `shown` holds what
    rows in a list show besides, ready to print, in the language of the sources: `beside` the name of the
    kind, `facts` below the text, both lists of short texts; of a part `of`, the title of the whole.
    """

    url: str
    title: str
    part: str = ""
    summary: str = ""
    body: str = ""
    keywords: Sequence[str] = ()
    number: str = ""
    organiser: str = ""
    place: str = ""
    shown: Mapping[str, Any] = field(default_factory=dict)
    division_code: str = ""
    brand: str = ""
    services: Sequence[str] = ()
    recipients: Sequence[str] = ()
    participation: Sequence[str] = ()
    status: str = ""
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    published_on: dt.date | None = None
    latitude: float | None = None
    longitude: float | None = None
    visible_until: dt.datetime | None = None
    stale_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        """What nobody may see any more is taken away then, too."""
        ends = [moment for moment in (self.stale_at, self.visible_until) if moment]
        object.__setattr__(self, "stale_at", min(ends, default=None))

    @property
    def places(self) -> list[str]:
        """The prefixes of every division that holds this one: 12, 1201, 120101, 120101001."""
        return places_of(self.division_code)

    @property
    def fingerprint(self) -> str:
        """Changes with what is said, and with how it is analysed."""
        facts = {fact.name: getattr(self, fact.name) for fact in fields(self)}
        said = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha1(f"{analysis_mark()} {said}".encode(), usedforsecurity=False).hexdigest()


def places_of(code: str) -> list[str]:
    """The prefixes by which the divisions above `code`, and itself, are known; a place holds all below it."""
    return holders(prefix_of(code))


def holders(prefix: str) -> list[str]:
    """The prefixes that hold a division, given its own, which is the last: 12, 1201, 120101, 120101001."""
    return [prefix[:length] for length in _LENGTHS if len(prefix) >= length]


def prefix_of(code: str) -> str:
    """12 for 120000, 4501 for 450100, else the code itself."""
    if len(code) != 6 or not code.endswith("00"):
        return code
    return code[:2] if code.endswith("0000") else code[:4]


@lru_cache(maxsize=1)
def analysis_mark() -> str:
    """Changes when the dictionary or the way of analysing does: listings are then written anew."""
    sums = hashlib.sha1(usedforsecurity=False)
    here = DATA.parent
    for path in (
        DATA / "words.txt",
        *(here / name for name in ("analysis.py", "marks.py", "normal.py", "patterns.py", "pinyin.py", "vectors.py")),
    ):
        sums.update(path.read_bytes())
    return sums.hexdigest()[:12]
