"""Reads of calls for proposals. Drafts never leave it; stages are asked of `stages.stage`, in Python: calls are few."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import DateTimeField, QuerySet
from django.utils import timezone

from portal.core.models import Brand
from portal.finding.words import Words
from portal.ventures.enums import CallStage
from portal.ventures.models import Call
from portal.ventures.stages import stage
from tenants.reads import Given, Read


def published_calls() -> QuerySet[Call]:
    """What the public may see, newest first, with the brand."""
    return Call.objects.filter(live=True).select_related("brand")


def find_calls(*, brand: Brand | None = None, year: int | None = None, words: Words | None = None) -> QuerySet[Call]:
    """Published calls of a brand, announced in a year, that the site's search finds for the words."""
    found = published_calls()
    if brand is not None:
        found = found.filter(brand=brand)
    if year:
        found = found.filter(published_on__year=year)
    return found.filter(words.within()) if words else found


def at_stage(calls: Iterable[Call], stages: Iterable[CallStage], now: dt.datetime) -> list[Call]:
    """Those of `calls` that stand at one of `stages` at `now`, in their order."""
    wanted = set(stages)
    return [call for call in calls if stage(call, now) in wanted]


def open_calls(number: int, *, now: dt.datetime | None = None) -> list[Call]:
    """Calls that take proposals now, the soonest to close first, for the home page; one query."""
    moment = now or timezone.now()
    return at_stage(_RUNNING(now=moment), [CallStage.OPEN], moment)[:number]


def _running() -> QuerySet[Call]:
    now = Given("now", DateTimeField())
    running = published_calls().filter(opens_at__lte=now, closes_at__gt=now, cancelled_on=None)
    return running.defer("sought", "eligibility", "hand_in").order_by("closes_at")


_RUNNING = Read(_running)


def closing_calls(*, now: dt.datetime, days: int) -> list[Call]:
    """Open calls that stop taking proposals within `days`."""
    return [call for call in open_calls(50, now=now) if call.closes_at <= now + dt.timedelta(days=days)]


def years_of_calls() -> list[int]:
    """The years in which calls were announced, newest first."""
    return [date.year for date in published_calls().order_by().dates("published_on", "year", order="DESC")]


def earlier_calls(call: Call, number: int) -> list[Call]:
    """Published calls announced before `call`, newest first: 往年."""
    return list(published_calls().filter(published_on__lt=call.published_on)[:number])
