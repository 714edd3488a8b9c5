"""What the confirmed records of a person or an organisation come to: the one place that says which hours count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from portal.volunteers.counted import COUNTED
from portal.volunteers.domain.scopes import why_not
from portal.volunteers.enums import TO_CONFIRM, RecordState
from portal.volunteers.models import ServiceRecord

#: Paid activity is counted apart, whatever its state.
_UNPAID = Q(project__is_paid=False)
_COUNTS = COUNTED & Q(minutes__gt=0)
#: Not settled yet, and nothing at all.
_OPEN, _NOTHING = (*TO_CONFIRM, RecordState.DISPUTED), (RecordState.OPEN, RecordState.VOIDED)
_UNSETTLED = Q(state__in=_OPEN) & _UNPAID
_PAID = Q(project__is_paid=True) & ~Q(state__in=_NOTHING)

#: Not by the names of fields: a sum called `minutes` would hide the minutes from the next one.
_SUMS: dict[str, Any] = {
    "sum_minutes": Sum("minutes", filter=_COUNTS, default=0),
    "sum_days": Count("date", filter=_COUNTS, distinct=True),
    "sum_people": Count("volunteer", filter=_COUNTS, distinct=True),
    "sum_unsettled": Sum("minutes", filter=_UNSETTLED, default=0),
    "sum_disputed": Sum("minutes", filter=Q(state=RecordState.DISPUTED) & _UNPAID, default=0),
    "sum_paid": Sum("minutes", filter=_PAID, default=0),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Sums of records, in the order of _SUMS: minutes, but for two counts.

    `minutes`, `days` and `people` are of confirmed records alone; `unsettled` wait or are disputed, `disputed` is the
    part of them that somebody contests, `paid` had pay.
    """

    minutes: int = 0
    days: int = 0
    people: int = 0
    unsettled: int = 0
    disputed: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records: all, or those of days and projects; no project named means every one."""

    start: date | None = None
    end: date | None = None
    projects: frozenset[int] = frozenset()

    def records(self) -> QuerySet[ServiceRecord]:
        found = ServiceRecord.objects.order_by()
        if self.start and self.end:
            found = found.filter(date__range=(self.start, self.end))
        return found.filter(project__in=self.projects) if self.projects else found


def standing_of(records: QuerySet[ServiceRecord]) -> Standing:
    """Of all these records together; one query."""
    sums = records.aggregate(**_SUMS)
    return Standing(*(sums[name] for name in _SUMS))


def standings_by(path: str, records: QuerySet[ServiceRecord]) -> dict[int, Standing]:
    """The same for each key at `path` (`volunteer`, `project__organiser`); one query."""
    rows = records.values_list(path).annotate(**_SUMS).values_list(path, *_SUMS)
    return {key: Standing(*sums) for key, *sums in rows}


def held(records: QuerySet[ServiceRecord]) -> list[ServiceRecord]:
    """The records with their projects, oldest first, locked until the transaction ends: whoever takes one away waits.

    By key, as every lock of several records is taken: of two that want the same ones, one waits and none is given up.
    A row that was voided while we waited for its lock is seen as void.
    """
    locked = records.select_related("project__brand").select_for_update(of=("self",), no_key=True)
    return sorted(locked.order_by("pk"), key=lambda record: (record.date, record.pk))


def counting(records: Iterable[ServiceRecord]) -> list[ServiceRecord]:
    """Those of them that a certificate of records would list, too."""
    return [one for one in records if why_not(one) is None]


def summed(records: list[ServiceRecord]) -> Standing:
    """The sums of `standing_of` over records that are read already, with their projects."""
    counted = counting(records)
    open_ones = [one for one in records if not one.project.is_paid and one.state in _OPEN]
    disputed = [one for one in open_ones if one.state == RecordState.DISPUTED]
    paid = [one for one in records if one.project.is_paid and one.state not in _NOTHING]
    return Standing(
        minutes=_minutes(counted),
        days=len({one.date for one in counted}),
        people=len({one.volunteer_id for one in counted}),
        unsettled=_minutes(open_ones),
        disputed=_minutes(disputed),
        paid=_minutes(paid),
    )


def _minutes(records: Iterable[ServiceRecord]) -> int:
    return sum(one.minutes for one in records)
