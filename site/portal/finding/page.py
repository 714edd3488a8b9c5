"""The page of results as its template shows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.facets import Chosen, Facet
from portal.core.paging import CountedPaginator
from portal.finding import choices, queries
from portal.finding.alternatives import Broader, broader, everywhere, guesses
from portal.finding.asking import Asked, Ignored, ask
from portal.finding.explaining import Line, explained
from portal.finding.grounds import ground_of
from portal.finding.place_tree import PlaceTree, place_tree
from portal.finding.words import by_sense, named
from search.nearness import step
from search.plan import asked_units, is_sentence
from search.query import DEEPEST, Hit, Near, Sort, Suggestion

_SORTS: dict[Sort, Any] = {
    Sort.RELEVANCE: gettext_lazy("最相关的在前"),
    Sort.SOONEST: gettext_lazy("日子近的在前"),
    Sort.NEWEST: gettext_lazy("新发布的在前"),
    Sort.NEAREST: gettext_lazy("离得近的在前"),
}
#: By the steps of `search.nearness`.
_NEARNESS = (
    gettext_lazy("同一社区"),
    gettext_lazy("同一街道"),
    gettext_lazy("相邻"),
    gettext_lazy("同区"),
    gettext_lazy("同市"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the line of kinds."""

    label: str
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """Where another site has published the same."""

    site: str
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit as a row shows it."""

    hit: Hit
    kind: str
    url: str
    beside: Sequence[str]
    facts: Sequence[str]
    distance: str
    reasons: Sequence[Line]
    copies: Sequence[Copy]


class SearchPage:
    """Everything the page needs; on a site four queries: what it has decided, counts, hits, names of places.

    One more when the reader says where he is, three to eight more when nothing was found.
    """

    def __init__(self, params: QueryDict, *, tenant: Any, now: dt.datetime, explain: bool = False) -> None:
        self.is_platform = tenant.schema_name == "public"
        self.tenant_id = None if self.is_platform else tenant.pk
        self.ground = ground_of(tenant)
        self.near_name = ""
        asked = ask(params, now=now, tenants=None if self.is_platform else (tenant.pk,))
        asked = self._located(asked)
        self.asked = replace(asked, query=replace(asked.query, explain=explain))
        self.explain = explain
        self.sites = queries.Sites()
        self.results, self.number = queries.answer(self.asked)

    def _located(self, asked: Asked) -> Asked:
        """With the neighbours of the reader's division; without a division that nobody knows."""
        near = asked.query.near
        if near is None or not near.division_code:
            return asked
        known = self.ground.located(near)
        if known:
            self.near_name, near = known
            return replace(asked, query=replace(asked.query, near=near))
        why = Ignored("near", _("没有找到您选的社区或街道，请重新选。"))
        bare = Near(division_code="", latitude=near.latitude, longitude=near.longitude)
        at = bare if near.latitude is not None else None
        sort = asked.query.sort if at or asked.query.sort is not Sort.NEAREST else Sort.RELEVANCE
        values = {name: given for name, given in asked.values.items() if name != "near"}
        if sort is not asked.query.sort:
            values.pop("sort", None)
        return replace(
            asked, query=replace(asked.query, near=at, sort=sort), values=values, ignored=(*asked.ignored, why)
        )

    @property
    def text(self) -> str:
        return self.asked.query.text

    @property
    def total(self) -> int:
        return self.results.total

    @cached_property
    def page(self) -> Page:
        size = self.asked.query.limit
        total = min(self.results.rows, DEEPEST)
        return CountedPaginator(range(total), size, total=total).get_page(self.number)

    @property
    def count_line(self) -> str:
        """“照护者培训”找到41条，最相关的在前."""
        total = format_html("<strong>{}</strong>", self.total)
        if not self.results.is_exact:
            total = format_html(_("{}以上"), total)
        line = _("“{}”找到{}条") if self.text else _("{1}条公开的内容")
        found = format_html(line, self.text, total)
        return format_html(_("{}，{}"), found, self._order) if self.total > 1 else found

    @property
    def _order(self) -> str:
        sort = self.asked.query.sort
        if sort is Sort.RELEVANCE and not self.text:
            return _("还能参加的、新发布的在前")
        return str(_SORTS[sort])

    @property
    def page_line(self) -> str:
        """Said where the address asked for a page that there is not."""
        if self.number == self.asked.page:
            return ""
        return _("没有第%(asked)s页，这是最后一页。") % {"asked": self.asked.page}

    @property
    def loose_line(self) -> str:
        """Said where not every word was found together."""
        if not (self.results.is_loose and self.total):
            return ""
        synonyms = self.asked.query.synonyms
        if is_sentence(asked_units(self.text, synonyms)):
            return by_sense()
        words = named(self.text, synonyms)
        return _("同时含有%(words)s的太少，下面也有只含有其中一部分的。") % {"words": words}

    @cached_property
    def kinds(self) -> list[Kind]:
        """All, then every kind that has hits."""
        counts = self.results.facets.get("kind", {})
        chosen = self.asked.values.get("kind", ())
        everything = Kind(_("全部"), self.asked.without("kind"), sum(counts.values()), not chosen)
        known = choices.labels("kind").items()
        return [everything] + [
            Kind(str(label), self.asked.having(kind=kind), counts.get(kind, 0), kind in chosen)
            for kind, label in known
            if counts.get(kind) or kind in chosen
        ]

    @cached_property
    def places(self) -> PlaceTree:
        return place_tree(self.asked, self.results.facets.get("place", {}), self.ground)

    @cached_property
    def facets(self) -> list[Facet]:
        """The place first, as in every list of the site."""
        place = Facet("place", _("在哪里"), self.places.options)
        rest = choices.facet_groups(self.asked, self.results.facets, self.sites.names if self.is_platform else {})
        return [*([place] if place.options else []), *rest]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of the facets carries along unseen."""
        names = ("q", "kind", "sort", "near", "lat", "lon")
        kept = [(name, value) for name in names for value in self.asked.values.get(name, ())]
        return [*kept, *([("explain", "")] if self.explain else [])]

    @property
    def near_kept(self) -> list[tuple[str, str]]:
        """What a new question carries along: where the reader is."""
        return [(name, value) for name in ("near", "lat", "lon") for value in self.asked.values.get(name, ())]

    @cached_property
    def chosen(self) -> list[Chosen]:
        return choices.chosen(self.asked, self.facets)

    @property
    def sorts(self) -> list[dict[str, str]]:
        """The orders on offer; the one in force has no address. Nearest only when it is known to where."""
        current = self.asked.query.sort
        offers = [Sort.RELEVANCE, Sort.SOONEST, Sort.NEWEST, *([Sort.NEAREST] if self.asked.query.near else [])]
        return [
            {"label": str(_SORT_NAMES[sort]), "url": "" if sort is current else self._sorted(sort)} for sort in offers
        ]

    def _sorted(self, sort: Sort) -> str:
        return self.asked.having(sort="" if sort is Sort.RELEVANCE else sort.value)

    @property
    def bare_address(self) -> str:
        """The words alone, in the order and near the place that are asked for."""
        kept = {name for name, _value in self.kept}
        return self.asked.having(**{name: "" for name in self.asked.values if name not in kept})

    @property
    def near_address(self) -> str:
        """Where the reader says where he is."""
        return f"/search/near/?{self.asked.encoded}"

    @property
    def far_address(self) -> str:
        """The same list without asking how near."""
        sort = "" if self.asked.query.sort is Sort.NEAREST else self.asked.first("sort")
        return self.asked.having(near="", lat="", lon="", sort=sort)

    @property
    def hits(self) -> list[Shown]:
        return [self._shown(hit) for hit in self.results.hits]

    @cached_property
    def broader(self) -> list[Broader]:
        return broader(self.asked)

    @cached_property
    def elsewhere(self) -> Broader | None:
        """The same question on all sites; nothing on the platform, which has asked them all."""
        if self.is_platform:
            return None
        count = everywhere(self.asked)
        return Broader("", queries.platform_address(self.asked), count) if count else None

    @cached_property
    def guesses(self) -> list[Suggestion]:
        found = guesses(self.text, tenant_id=self.tenant_id, now=self.asked.query.now)
        return [replace(each, url=self._url(each.tenant_id, each.url)) for each in found]

    def _shown(self, hit: Hit) -> Shown:
        row = hit.row
        beside = [*([self.sites.name(row.tenant_id)] if self.is_platform else []), *row.shown.get("beside", ())]
        whole = row.shown.get("of", "")
        return Shown(
            hit=hit,
            kind=str(choices.labels("kind").get(row.kind, row.kind)),
            url=self._url(row.tenant_id, row.url),
            beside=beside,
            facts=[*([whole] if whole else []), *row.shown.get("facts", ())],
            distance=self._distance(hit),
            reasons=explained(hit) if self.explain else (),
            copies=[Copy(self.sites.name(copy.tenant_id), self._url(copy.tenant_id, copy.url)) for copy in hit.copies],
        )

    def _url(self, tenant_id: int, path: str) -> str:
        return self.sites.url(tenant_id, path) if self.is_platform else path

    def _distance(self, hit: Hit) -> str:
        """同一街道，直线约350米."""
        near = self.asked.query.near
        if near is None:
            return ""
        place = step(near, hit.row.places) if near.division_code else len(_NEARNESS)
        named = str(_NEARNESS[place]) if place < len(_NEARNESS) else ""
        return "，".join(part for part in (named, _metres(hit.metres)) if part)


def _metres(metres: float | None) -> str:
    """The position of a visitor is kept to a hundred metres, so less is not told apart."""
    if metres is None:
        return ""
    if metres < 200:
        return _("直线不到200米")
    if metres < 1000:
        return _("直线约%(metres)s米") % {"metres": round(metres, -2).__int__()}
    return _("直线约%(kilometres)s公里") % {"kilometres": f"{metres / 1000:.1f}"}


_SORT_NAMES: dict[Sort, Any] = {
    Sort.RELEVANCE: gettext_lazy("按相关程度"),
    Sort.SOONEST: gettext_lazy("按日子远近"),
    Sort.NEWEST: gettext_lazy("按发布先后"),
    Sort.NEAREST: gettext_lazy("按离我远近"),
}
