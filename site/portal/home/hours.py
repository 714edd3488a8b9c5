"""The hours account of the whole site: what was confirmed this year, and how it is proven."""

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.safestring import SafeString

from portal.core.queries import rules
from portal.volunteers.counted import COUNTED
from portal.volunteers.enums import Grade
from portal.volunteers.models import ServiceRecord

#: The sum over a year of records is the one slow read of the front page: it may be this old, in seconds.
_FRESH = 600
_KEY = "home.hours"


@dataclass(frozen=True, slots=True)
class Share:
    """One grade of proof: how many of a hundred hours, and how they are drawn."""

    grade: str
    label: str
    hundredth: int
    css: str

    @property
    def squares(self) -> SafeString:
        """One square for each hour; the names of the classes are our own."""
        return SafeString((f'<i class="{self.css}"></i>' if self.css else "<i></i>") * self.hundredth)


@dataclass(frozen=True, slots=True)
class HoursAccount:
    """Minutes of a year that count. `few` hides them: so few volunteers that a sum could be a person's."""

    minutes: int
    volunteers: int
    by_grade: dict[str, int]
    few: int
    at: dt.datetime

    @property
    def hours(self) -> int:
        return self.minutes // 60

    @property
    def hidden(self) -> bool:
        return 0 < self.volunteers < self.few

    @property
    def shares(self) -> list[Share]:
        """The grades as parts of a hundred, strongest first; the parts sum to a hundred."""
        drawn = zip(Grade, ("on", "half", ""), strict=True)
        parts = hundredths([self.by_grade.get(str(grade), 0) for grade in Grade])
        return [Share(str(grade), str(grade.label), part, css) for (grade, css), part in zip(drawn, parts, strict=True)]


def hours_account() -> HoursAccount:
    """This year's account; three queries at most every ten minutes."""
    found = cache.get(_KEY)
    if found is None:
        found = _read(timezone.now())
        cache.set(_KEY, found, _FRESH)
    account: HoursAccount = found
    return account


def hundredths(numbers: list[int]) -> list[int]:
    """Whole parts of a hundred in proportion to `numbers`; what rounding leaves goes to the largest remainders."""
    total = sum(numbers)
    if not total:
        return [0] * len(numbers)
    parts = [number * 100 // total for number in numbers]
    by_rest = sorted(range(len(numbers)), key=lambda at: numbers[at] * 100 % total, reverse=True)
    for at in by_rest[: 100 - sum(parts)]:
        parts[at] += 1
    return parts


def _read(now: dt.datetime) -> HoursAccount:
    year = timezone.localtime(now).year
    confirmed = ServiceRecord.objects.filter(COUNTED, date__year=year).order_by()
    by_grade = dict(confirmed.values_list("grade").annotate(minutes=Sum("minutes")))
    people = confirmed.aggregate(people=Count("volunteer", distinct=True))["people"]
    return HoursAccount(sum(by_grade.values()), people, by_grade, rules().hide_cells_below, now)
