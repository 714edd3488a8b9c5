"""What the sections of the front page show, each thing asked for once and only when a section needs it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.core.enums import Participation, ServiceKind
from portal.core.ledger import LedgerDay, WeekDay, by_day
from portal.directory.places import PlaceCount
from portal.directory.queries import entries_by_division
from portal.home.hours import HoursAccount, hours_account
from portal.home.models import ArticlePage, BrandPage, PolicyPage
from portal.projects.filters import WHEN
from portal.projects.listing import entry
from portal.projects.places import places_around
from portal.projects.queries import coming_shifts, open_shifts, week_overview
from portal.stories.queries import latest_stories
from portal.ventures.queries import open_calls

#: No section lists more shifts than this.
SHIFTS_MOST = 12
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
        return coming_shifts(SHIFTS_MOST, now=self.now)

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

    def notices(self, number: int) -> list[Line]:
        """The newest articles, then the newest document; four queries whatever the number."""
        articles = ArticlePage.objects.live().public().defer("body").order_by("-date", "-pk")[:number]
        rows = [Line(a.title, a.address, a.until or a.date, is_date=True, until=bool(a.until)) for a in articles]
        policy = PolicyPage.objects.live().public().defer("body").order_by("-issued_on", "-pk").first()
        if policy is not None:
            note = policy.document_number or (policy.get_status_display() if policy.is_draft else "")
            rows.append(Line(policy.title, policy.address, note))
        return rows

    @cached_property
    def brands(self) -> list[Any]:
        """The pages of the brands in use, in the tenant's order; two queries."""
        pages = BrandPage.objects.live().public().filter(brand__is_active=True).select_related("brand")
        return list(pages.defer("body").order_by("brand__order", "brand_id"))

    @property
    def main_brands(self) -> list[Any]:
        return [page for page in self.brands if page.brand.is_main]

    @property
    def other_brands(self) -> list[Any]:
        return [page for page in self.brands if not page.brand.is_main]

    def stories(self, number: int) -> list[Any]:
        return latest_stories(number)

    @cached_property
    def directory(self) -> list[PlaceCount]:
        """The places right below the site's own that have entries, with how many; two queries."""
        return entries_by_division()

    @cached_property
    def hours(self) -> HoursAccount:
        return hours_account()


def scope(tenant: Any) -> str:
    """全市, 全区, 全县: what the people of the place call all of it."""
    unit = tenant.short_name[-1:]
    return _("全%(unit)s") % {"unit": unit if unit in "省市区县旗" else "区"}
