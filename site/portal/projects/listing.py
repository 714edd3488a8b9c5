"""The public list as its page shows it: rows by day, filters with counts, what was chosen."""

import datetime as dt
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.enums import Participation
from portal.core.facets import Facet, Option
from portal.core.ledger import Entry
from portal.core.models import Brand
from portal.core.paging import CountedPaginator
from portal.projects import counts, queries
from portal.projects.filters import ACCESS, LEFT, ShiftFilter
from portal.projects.models import Project, Shift
from portal.projects.places import Place, places_around

PER_PAGE = 20
#: A shift is nearly full when this many places or fewer are left of at least twice as many.
FEW = 2
_COMPANY = dict(Participation.choices)


class Listing:
    """Everything the page needs, in four queries: brands, divisions, counts, rows."""

    def __init__(self, query: QueryDict, now: dt.datetime) -> None:
        self.query = query
        self.places = places_around(query.get("division", "")[:12])
        brands = list(Brand.objects.filter(is_active=True).values_list("slug", "name"))
        names = [(place.code, place.name) for place in self.places]
        self.filter = ShiftFilter(query, places=names, brands=brands, queryset=queries.open_shifts(now))
        self.brands = brands
        self.values = self.filter.values
        self.counts = counts.count(queries.open_shifts(now), self.filter)
        rows = queries.for_ledger(self.filter.filter_queryset(queries.open_shifts(now)))
        self.page: Page = CountedPaginator(rows, PER_PAGE, total=self.counts.total).get_page(query.get("page"))

    @property
    def entries(self) -> list[Entry]:
        return [entry(shift) for shift in self.page.object_list]

    @cached_property
    def facets(self) -> list[Facet]:
        by, label = self.counts.by, self._label
        when = [("", _("不限")), *self._choices("when")]
        groups = [
            Facet("q", label("q"), kind="search", value=self.filter.words.text),
            Facet("when", label("when"), self._options("when", when, by["when"]), "radio"),
            Facet("kind", label("kind"), self._options("kind", self._choices("kind"), by["kind"], used=True)),
            Facet("who", label("who"), self._options("who", self._choices("who"), by["who"])),
            Facet("division", label("division"), self._divisions(), "select"),
            Facet("brand", label("brand"), self._options("brand", self.brands, by["brand"], used=True)),
            Facet("only", label("only"), self._options("only", self._choices("only"), by[LEFT] + by[ACCESS])),
        ]
        return [group for group in groups if group.kind == "search" or group.options]

    @cached_property
    def all_facets(self) -> list[Facet]:
        """With the day that the week strip leads to: chosen like a filter, offered nowhere in the form."""
        day = self.values.get("on")
        return self.facets + ([Facet("on", self._label("on"), kind="date", value=day.isoformat())] if day else [])

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form carries along unseen."""
        shown = {"on": self.values["on"].isoformat()} if "on" in self.values else {}
        return [*shown.items(), *(("sort", value) for value in [self.values.get("sort")] if value)]

    @cached_property
    def chosen_number(self) -> int:
        typed = sum(bool(group.value) for group in self.all_facets)
        return typed + sum(bool(o.selected and o.value) for group in self.facets for o in group.options)

    @property
    def count_line(self) -> str:
        """这一周有46个班次，还差128人: what fits all conditions."""
        span = _SPANS.get(self.values.get("when", ""), _("往后"))
        if not self.counts.missing:
            return format_html(_("{}有<b>{}</b>个班次"), span, self.counts.total)
        return format_html(_("{}有<b>{}</b>个班次，还差<b>{}</b>人"), span, self.counts.total, self.counts.missing)

    @property
    def sorts(self) -> list[dict[str, str]]:
        """The orders on offer; the one in force has no address."""
        now = self.values.get("sort", "")
        query = self.query.copy()
        offers = []
        for name, label in (("", _("按日期先后")), ("missing", _("按还差人数"))):
            query.pop("page", None)
            query["sort"] = name
            if not name:
                del query["sort"]
            offers.append({"label": label, "url": "" if name == now else f"?{query.urlencode()}"})
        return offers

    def _label(self, name: str) -> str:
        return str(self.filter.form.fields[name].label)

    def _choices(self, name: str) -> list[tuple[str, str]]:
        return _named(self.filter.form.fields[name].choices)

    def _options(self, name: str, choices: Any, numbers: Any, *, used: bool = False) -> list[Option]:
        """With `used`, choices that would give nothing are left out unless they are chosen."""
        values = self.values.get(name, "")
        picked = set(values) if isinstance(values, list) else {values}
        options = [Option(value, str(text), value in picked, numbers[value]) for value, text in choices]
        return [option for option in options if option.count or option.selected or not used]

    def _divisions(self) -> list[Option]:
        chosen = self.values.get("division", "")
        lines = [Option("", _("全部"), not chosen)]
        return lines + [self._division(place, chosen) for place in self.places]

    def _division(self, place: Place, chosen: str) -> Option:
        name = "　" * place.depth + place.name
        return Option(place.code, name, place.code == chosen, self.counts.by["division"][place.prefix])


def _named(choices: Any) -> list[tuple[str, str]]:
    return [(value, text) for value, text in choices if value]


def entry(shift: Shift) -> Entry:
    """One row of the ledger; the shift comes with project, brand and division."""
    project = shift.project
    left = shift.left
    if not left:
        status, text = "full", _("已满，可候补")
    elif left <= FEW and shift.places >= 2 * FEW:
        status, text = "few", _("快满了")
    else:
        status, text = "", ""
    return Entry(
        starts=shift.starts_at, ends=shift.ends_at, title=project.title, url=project.get_absolute_url(),
        place=f"{project.division.name}·{project.venue}", tags=[project.brand.name] if project.brand else [],
        status=status, status_text=text, who=who_line(project, shift),
        taken=shift.taken, places=shift.places, waiting=shift.waiting,
    )  # fmt: skip


def who_line(project: Project, shift: Shift | None = None) -> str:
    """Who may come, in a few words: what is required, else in what company."""
    return requirement(project, shift) or "、".join(
        str(_COMPANY[value]) for value in project.participation if value in _COMPANY
    )


def requirement(project: Project, shift: Shift | None = None) -> str:
    """What the organiser wrote, else the ages; empty when anybody may come."""
    written = (shift.note if shift else "") or project.who_note
    if written:
        return written
    if project.min_age and project.max_age:
        return _("%(least)s至%(most)s岁") % {"least": project.min_age, "most": project.max_age}
    if project.min_age:
        return _("%(least)s岁以上") % {"least": project.min_age}
    return _("%(most)s岁以下") % {"most": project.max_age} if project.max_age else ""


#: What the count line begins with.
_SPANS = {"week": gettext_lazy("这一周"), "weekend": gettext_lazy("这个周末"), "month": gettext_lazy("这个月")}
