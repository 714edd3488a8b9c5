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
from portal.core.models.page import address_of
from portal.directory.places import PlaceCount
from portal.directory.queries import entries_by_division
from portal.home import front_reads
from portal.home.enums import PolicyStatus
from portal.home.hours import HoursAccount, hours_account
from portal.projects.filters import WHEN
from portal.projects.listing import entry
from portal.projects.places import places_around
from portal.projects.queries import DayTotals, coming_days, coming_shifts, week_of
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
    def _days(self) -> dict[dt.date, DayTotals]:
        return coming_days(now=self.now)

    @cached_property
    def week(self) -> list[WeekDay]:
        """Today and six days on."""
        base = reverse("projects:list")
        week = week_of(self._days, now=self.now)
        return [WeekDay(day.date, f"{base}?on={day.date}", day.missing, day.shifts) for day in week]

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

    @property
    def all_shifts(self) -> int:
        """How many shifts are still to come, however far off."""
        return sum(day.shifts for day in self._days.values())

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
        """The newest articles, then the newest document; two queries whatever the number."""
        rows = [
            Line(title, address_of(url_path), until or date, is_date=True, until=bool(until))
            for title, url_path, date, until in front_reads.articles(number)
        ]
        for title, url_path, document, status in front_reads.documents(1):
            draft = str(PolicyStatus.DRAFT.label) if status == PolicyStatus.DRAFT else ""
            rows.append(Line(title, address_of(url_path), document or draft))
        return rows

    @cached_property
    def brands(self) -> list[Programme]:
        """The pages of the brands in use, in the tenant's order; one query."""
        return [Programme(address_of(url_path), *rest) for url_path, *rest in front_reads.brands()]

    @property
    def main_brands(self) -> list[Programme]:
        return [brand for brand in self.brands if brand.is_main]

    @property
    def other_brands(self) -> list[Programme]:
        return [brand for brand in self.brands if not brand.is_main]

    def stories(self, number: int) -> list[Tale]:
        """The newest stories; one query more for the first one's picture, which alone is shown."""
        rows = front_reads.stories(number, timezone.localtime(self.now).date())
        picture = front_reads.picture(rows[0][4]) if rows else None
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
