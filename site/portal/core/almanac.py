"""What a wall calendar says of a day: weekday, lunar date, feast, and whether people rest."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import chinese_calendar
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from portal.core.days import long_day

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
WEEKDAYS_LONG = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))

# Days that this audience keeps: public holidays, and the four that Tianjin's plan names (津民发〔2023〕30号, 三(六)).
SOLAR_FEASTS = {
    (1, 1): _("元旦"),
    (3, 5): _("学雷锋日"),
    (5, 1): _("劳动节"),
    (10, 1): _("国庆节"),
    (12, 5): _("国际志愿者日"),
}
LUNAR_FEASTS = {
    (1, 1): _("春节"),
    (1, 15): _("元宵节"),
    (5, 5): _("端午节"),
    (8, 15): _("中秋节"),
    (9, 9): _("重阳节"),
    (12, 8): _("腊八节"),
}
NEW_YEARS_EVE = _("除夕")
QINGMING = _("清明节")


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `lunar` is Chinese by nature and empty when it cannot be computed."""

    date: dt.date
    lunar_month: str
    lunar_day: str
    term: str
    feast: str | Promise
    rest: bool
    arranged: bool
    """Whether the State Council's arrangement for this year is known; else weekends count as rest."""

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS[self.date.weekday()])

    @property
    def lunar(self) -> str:
        return f"{self.lunar_month}{self.lunar_day}"

    @property
    def note(self) -> str:
        """The line under the weekday: feast, else solar term, else lunar date; feasts alone in other languages."""
        if self.feast:
            return str(self.feast)
        return (self.term or self.lunar) if _chinese() else ""

    @property
    def short_note(self) -> str:
        """As `note`, without the lunar month."""
        if self.feast:
            return str(self.feast)
        return (self.term or self.lunar_day) if _chinese() else ""


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


@lru_cache(maxsize=2048)
def day(date: dt.date) -> Day:
    """The almanac of one date."""
    month, number, term, eve = _lunar(date)
    arranged = True
    try:
        rest = chinese_calendar.is_holiday(date)
    except NotImplementedError:  # the coming year is arranged each November
        rest, arranged = date.weekday() >= 5, False
    feast: str | Promise = SOLAR_FEASTS.get((date.month, date.day)) or LUNAR_FEASTS.get((month[0], number[0])) or ""
    if eve:
        feast = NEW_YEARS_EVE
    elif term == "清明":
        feast = QINGMING
    return Day(date, month[1], number[1], term, feast, rest, arranged)


def _lunar(date: dt.date) -> tuple[tuple[int, str], tuple[int, str], str, bool]:
    """Lunar month and day as (number, name), the solar term that begins that day, and whether it is New Year's Eve."""
    from lunar_python import Solar  # 30 ms to import

    try:
        lunar = Solar.fromYmd(date.year, date.month, date.day).getLunar()
        eve = lunar.next(1).getMonth() == 1 and lunar.next(1).getDay() == 1
        month = (lunar.getMonth(), f"{lunar.getMonthInChinese()}月")
        return month, (lunar.getDay(), lunar.getDayInChinese()), lunar.getJieQi(), eve
    except (ValueError, KeyError, IndexError):
        return (0, ""), (0, ""), "", False


def today_line() -> str:
    """Today as the masthead prints it: 2026年10月12日 星期一 农历九月初三."""
    today = day(timezone.localdate())
    words = {
        "date": long_day(today.date),
        "weekday": WEEKDAYS_LONG[today.date.weekday()],
        "lunar": today.lunar,
    }
    return gettext("%(date)s %(weekday)s 农历%(lunar)s") % words
