"""What an address asks for: its parameters as a question to the listings, and the way back to an address.

Search pages, feeds and the API read the same parameters here. Nothing that stands in an address fails: what
cannot be read is left out and named in `ignored`.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.enums import Participation, Recipient, ServiceKind
from portal.finding.settings_of_search import searching_here
from portal.finding.words import readable
from search.documents import prefix_of
from search.facets import FACETS, known_values
from search.query import DEEPEST, ListingQuery, Near, Sort
from search.registry import declarations

PER_PAGE = 20
#: Of one facet; nobody ticks more, and an address of thousands would ask for hours.
MOST_VALUES = 30
#: Decimals of a degree that are kept of a position: a hundred metres, enough for near, too little for a doorstep.
DECIMALS = 3

#: What each parameter is called where it could not be read.
LABELS: dict[str, Any] = {
    "q": gettext_lazy("搜索词"),
    "kind": gettext_lazy("种类"),
    "site": gettext_lazy("站点"),
    "place": gettext_lazy("地方"),
    "brand": gettext_lazy("品牌"),
    "service": gettext_lazy("做什么"),
    "recipient": gettext_lazy("为谁"),
    "who": gettext_lazy("谁可以来"),
    "status": gettext_lazy("进行到哪一步"),
    "coming": gettext_lazy("什么时候去"),
    "published": gettext_lazy("什么时候发布的"),
    "since": gettext_lazy("从哪天起"),
    "until": gettext_lazy("到哪天为止"),
    "sort": gettext_lazy("排序"),
    "near": gettext_lazy("离哪里近"),
    "lat": gettext_lazy("纬度"),
    "lon": gettext_lazy("经度"),
    "page": gettext_lazy("页码"),
}
#: The parameters of an address in the order in which we write them; the page stands apart.
NAMES = tuple(name for name in LABELS if name != "page")

_VOCABULARY: dict[str, frozenset[str]] = {
    "service": frozenset(ServiceKind.values),
    "recipient": frozenset(Recipient.values),
    "who": frozenset(Participation.values),
}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of an address that was not used: the parameter, and a sentence that says why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `values` is all of it that could be read, by parameter, without the page."""

    query: ListingQuery
    page: int
    values: Mapping[str, tuple[str, ...]]
    ignored: Sequence[Ignored] = ()

    @property
    def encoded(self) -> str:
        """The question as the part of an address behind the `?`, always written the same way."""
        return _encoded(self.values)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return any(name in self.values for name in NAMES if name not in {"q", "sort", "near", "lat", "lon"})

    def having(self, **values: str | Iterable[str]) -> str:
        """The address with these parameters in place of what stands there; an empty value drops one."""
        changed = {name: (given,) if isinstance(given, str) else tuple(given) for name, given in values.items()}
        return f"?{_encoded({**self.values, **changed})}"

    def without(self, name: str, value: str | None = None) -> str:
        """The address without a parameter, or without one of its values."""
        rest = tuple(each for each in self.values.get(name, ()) if value is not None and each != value)
        return self.having(**{name: rest})

    def first(self, name: str) -> str:
        """The one value of a parameter, or nothing."""
        return next(iter(self.values.get(name, ())), "")


def ask(params: QueryDict, *, now: dt.datetime, tenants: tuple[int, ...] | None, per_page: int = PER_PAGE) -> Asked:
    """Read an address. `tenants` bounds the question: one site on its own host, None on the platform."""
    reading = _Reading(params)
    text = reading.words()
    chosen = {name: given for name in FACETS if (given := reading.facet(name, is_one_site=tenants is not None))}
    since, until = reading.span()
    near = reading.near()
    sort = reading.sort(near)
    page = reading.page(most=DEEPEST // per_page)
    decided = searching_here()
    query = ListingQuery(
        now=now, text=text, tenants=tenants, chosen=chosen, since=since, until=until, sort=sort, near=near,
        offset=(page - 1) * per_page, limit=per_page, synonyms=decided.synonyms, boosts=decided.boosts,
    )  # fmt: skip
    values = {name: reading.values[name] for name in NAMES if reading.values.get(name)}
    return Asked(query, page, values, tuple(reading.ignored))


@dataclass(slots=True)
class _Reading:
    """An address being read: what was understood of it, what was not."""

    params: QueryDict
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: list[Ignored] = field(default_factory=list)

    def words(self) -> str:
        """What was typed, without what no keyboard types."""
        text, too_long = readable(self.params.get("q", ""))
        if too_long:
            self._ignore("q", too_long)
        self.values["q"] = (text,) if text else ()
        return text

    def facet(self, name: str, *, is_one_site: bool) -> tuple[str, ...]:
        """The values that can be asked for, each once."""
        given = tuple(dict.fromkeys(value.strip() for value in self.params.getlist(name) if value.strip()))
        if name == "site" and is_one_site and given:
            self._ignore(name, _("这里只搜本站；要搜别的站点，请到各地站点。"))
            return ()
        if name == "place":
            given = tuple(dict.fromkeys(prefix_of(value) for value in given))
        known = tuple(value for value in known_values(name, given) if _is_known(name, value))[:MOST_VALUES]
        if len(known) < len(given):
            self._unread(name)
        self.values[name] = known
        return known

    def span(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day."""
        since, until = self._day("since"), self._day("until")
        if since and until and since > until:
            self._ignore("until", _("开始的日子晚于结束的日子，这两个日子都没有用上。"))
            since = until = None
        self.values["since"] = (since.isoformat(),) if since else ()
        self.values["until"] = (until.isoformat(),) if until else ()
        return since, until

    def near(self) -> Near | None:
        """Where the reader is: a division, a position, or both."""
        code = self.params.get("near", "").strip()
        if code and not _is_code(code):
            self._unread("near")
            code = ""
        latitude, longitude = self._degrees("lat", 90), self._degrees("lon", 180)
        if latitude is None or longitude is None:
            latitude = longitude = None
        self.values["near"] = (code,) if code else ()
        self.values["lat"] = () if latitude is None else (f"{latitude:g}",)
        self.values["lon"] = () if longitude is None else (f"{longitude:g}",)
        if not code and latitude is None:
            return None
        return Near(division_code=code, latitude=latitude, longitude=longitude)

    def sort(self, near: Near | None) -> Sort:
        """The order; nearest only to somewhere."""
        given = self.params.get("sort", "").strip()
        if given and given not in set(Sort):
            self._unread("sort")
            given = ""
        if given == Sort.NEAREST and near is None:
            self._ignore("sort", _("要由近到远排，先说您在哪里：选一个社区或街道。"))
            given = ""
        self.values["sort"] = (given,) if given and given != Sort.RELEVANCE else ()
        return Sort(given) if given else Sort.RELEVANCE

    def page(self, *, most: int) -> int:
        """The number of the page, at least 1; beyond `most` there is none."""
        given = self.params.get("page", "").strip()
        if not given:
            return 1
        if not (given.isascii() and given.isdigit() and int(given[:12])):
            self._ignore("page", _("页码看不懂，这是第1页。"))
            return 1
        return min(int(given[:12]), most)

    def _day(self, name: str) -> dt.date | None:
        given = self.params.get(name, "").strip()
        try:
            return dt.date.fromisoformat(given) if given else None
        except ValueError:
            self._ignore(name, _("日期要写成2026-10-23这样，“%(label)s”没有用上。") % {"label": LABELS[name]})
            return None

    def _degrees(self, name: str, most: int) -> float | None:
        given = self.params.get(name, "").strip()
        if not given:
            return None
        try:
            degrees = float(given)
        except ValueError:
            degrees = math.nan
        if not abs(degrees) <= most:
            self._unread(name)
            return None
        return round(degrees, DECIMALS)

    def _unread(self, name: str) -> None:
        self._ignore(name, _("“%(label)s”里有看不懂的，没有用上。") % {"label": LABELS[name]})

    def _ignore(self, name: str, why: str) -> None:
        self.ignored.append(Ignored(name, why))


def _is_known(name: str, value: str) -> bool:
    if name == "kind":
        return value in declarations()
    if name == "place":
        return value.isascii() and value.isdigit() and len(value) in {2, 4, 6, 9, 12}
    return value in _VOCABULARY.get(name, (value,))


def _is_code(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) in {6, 9, 12}


def _encoded(values: Mapping[str, tuple[str, ...]]) -> str:
    return urlencode([(name, value) for name in NAMES for value in values.get(name, ()) if value])
