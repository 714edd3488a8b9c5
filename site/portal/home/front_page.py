"""What the sections of the front page show, each thing asked for once and only when a section needs it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import takewhile
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from portal.core.enums import Participation, ServiceKind
from portal.core.ledger import LedgerDay, WeekDay, by_day
from portal.core.models import SiteImage
from portal.core.models.page import address_of
from portal.directory.places import PlaceCount
from portal.directory.queries import entries_by_division
from portal.home.enums import PolicyStatus
from portal.home.hours import HoursAccount, hours_account
from portal.home.models import ArticlePage, BrandPage, PolicyPage
from portal.projects.filters import WHEN
from portal.projects.listing import entry
from portal.projects.places import places_around
from portal.projects.queries import coming_shifts, open_shifts, week_overview
from portal.stories.queries import visible_stories
from portal.ventures.queries import open_calls

KINDS_NAMED = 4
_LEAD = {"opening", "week", "banner"}
_KINDS = dict(ServiceKind.choices)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of notices: a title, its address and what stands beside it."""

    title: str
    url: str
    note: Any
    is_date: bool = False
    until: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """A brand as its section shows it."""

    address: str
    name: str
    tagline: str
    description: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Tale:
    """A story as its section shows it."""

    title: str
    address: str
    summary: str
    place: str
    picture: Any


class FrontPage:
    """The figures and rows of one moment."""

    def __init__(self, sections: Iterable[Any] = (), now: dt.datetime | None = None) -> None:
        self.sections = list(sections)
        self.now = now or timezone.now()

    @property
    def lead(self) -> list[Any]:
        """The sections before the first that begins with a line across the page."""
        return list(takewhile(lambda section: section.block_type in _LEAD, self.sections))

    @property
    def rest(self) -> list[Any]:
        return self.sections[len(self.lead) :]

    @cached_property
    def week(self) -> list[WeekDay]:
        """Today and six days on; one query."""
        base = reverse("projects:list")
        return [WeekDay(d.date, f"{base}?on={d.date}", d.missing, d.shifts) for d in week_overview(now=self.now)]

    @cached_property
    def missing(self) -> int:
        """How many people this week still lacks."""
        return sum(day.missing for day in self.week)

    @cached_property
    def shifts_this_week(self) -> int:
        return sum(day.shifts for day in self.week)

    @cached_property
    def _coming(self) -> list[Any]:
        asked = (s.value["number"] for s in self.sections if s.block_type == "shifts")
        return coming_shifts(next(asked, KINDS_NAMED), now=self.now)

    @property
    def soonest(self) -> Any:
        """The next shift that still has a place, or None."""
        return self._coming[0] if self._coming else None

    @property
    def kinds(self) -> str:
        """What there is to do in the next shifts, in their order: 电话问候、送餐代购."""
        named = dict.fromkeys(kind for shift in self._coming for kind in shift.project.service_kinds)
        return "、".join(str(_KINDS[kind]) for kind in list(named)[:KINDS_NAMED] if kind in _KINDS)

    def days(self, number: int) -> list[LedgerDay]:
        """The next shifts under their days."""
        return by_day(entry(shift) for shift in self._coming[:number])

    @cached_property
    def all_shifts(self) -> int:
        return open_shifts(self.now).count()

    @property
    def places(self) -> Any:
        """Where one can live: the divisions right below the site's own; one query."""
        return places_around("")

    @property
    def times(self) -> list[tuple[str, Any]]:
        return WHEN

    @property
    def companies(self) -> list[tuple[str, Any]]:
        return Participation.choices

    @cached_property
    def call(self) -> Any:
        """The call for proposals that closes first, or None."""
        calls = open_calls(1, now=self.now)
        return calls[0] if calls else None

    @property
    def days_left(self) -> int:
        return (timezone.localtime(self.call.closes_at).date() - timezone.localtime(self.now).date()).days

    @cached_property
    def _private(self) -> Q:
        """Pages behind a password or a sign-in, with what is below them; one query for all sections."""
        paths = PageViewRestriction.objects.values_list("page__path", flat=True)
        return reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=[]))

    def _public(self, pages: Any) -> Any:
        return pages.filter(live=True).exclude(self._private)

    def notices(self, number: int) -> list[Line]:
        """The newest articles, then the newest document; two queries whatever the number."""
        articles = self._public(ArticlePage.objects).order_by("-date", "-pk")
        rows = [
            Line(title, address_of(url_path), until or date, is_date=True, until=bool(until))
            for title, url_path, date, until in articles.values_list("title", "url_path", "date", "until")[:number]
        ]
        policies = self._public(PolicyPage.objects).order_by("-issued_on", "-pk")
        names = ("title", "url_path", "document_number", "status")
        for title, url_path, document, status in policies.values_list(*names)[:1]:
            draft = str(PolicyStatus.DRAFT.label) if status == PolicyStatus.DRAFT else ""
            rows.append(Line(title, address_of(url_path), document or draft))
        return rows

    @cached_property
    def brands(self) -> list[Programme]:
        """The pages of the brands in use, in the tenant's order; one query."""
        pages = self._public(BrandPage.objects).filter(brand__is_active=True).order_by("brand__order", "brand_id")
        names = ("name", "tagline", "description", "is_main")
        rows = pages.values_list("url_path", *(f"brand__{name}" for name in names))
        return [Programme(address_of(url_path), *rest) for url_path, *rest in rows]

    @property
    def main_brands(self) -> list[Programme]:
        return [brand for brand in self.brands if brand.is_main]

    @property
    def other_brands(self) -> list[Programme]:
        return [brand for brand in self.brands if not brand.is_main]

    def stories(self, number: int) -> list[Tale]:
        """The newest stories; one query more for the first one's picture, which alone is shown."""
        names = ("title", "url_path", "summary", "division__name", "picture_id")
        rows = list(visible_stories().values_list(*names)[:number])
        picture = SiteImage.objects.filter(pk=rows[0][4]).first() if rows and rows[0][4] else None
        return [
            Tale(title, address_of(url_path), summary, place, None if nth else picture)
            for nth, (title, url_path, summary, place, _picture) in enumerate(rows)
        ]

    @cached_property
    def directory(self) -> list[PlaceCount]:
        """The places right below the site's own that have entries, with how many; two queries."""
        return entries_by_division()

    @cached_property
    def hours(self) -> HoursAccount:
        return hours_account()


def scope(tenant: Any) -> str:
    """全市, 全区, 全县: what the people of the place call all of it."""
    wholes = {"省": _("全省"), "市": _("全市"), "县": _("全县"), "旗": _("全旗")}
    return wholes.get(tenant.short_name[-1:], _("全区"))
