"""School terms, by the months from which the site's rules count them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from portal.core.models import RuleSettings

SHOWN = 4
"""Terms offered: two school years."""


@dataclass(frozen=True, slots=True)
class Term:
    """`first` of a school year or not, which begins with the first term of `year`."""

    start: date
    end: date
    first: bool
    year: int

    @property
    def label(self) -> str:
        words = {"year": self.year, "next": self.year + 1}
        if self.first:
            return _("%(year)s—%(next)s学年第一学期") % words
        return _("%(year)s—%(next)s学年第二学期") % words


def period_name(start: date, end: date, *, today: date, limits: RuleSettings) -> str:
    """What the term is called that has these days, else the days themselves."""
    term = next((term for term in latest_terms(today, limits) if (term.start, term.end) == (start, end)), None)
    return term.label if term else f"{start:%Y%m%d}-{end:%Y%m%d}"


def latest_terms(today: date, limits: RuleSettings) -> list[Term]:
    """The one of `today` first."""
    months = {limits.first_term_month: True, limits.second_term_month: False}
    begins = sorted(date(year, month, 1) for year in range(today.year - 3, today.year + 2) for month in months)
    terms = []
    for start, following in pairwise(begins):
        first = months[start.month]
        # Where the second term begins later in the year than the first, both belong to that year.
        earlier = not first and limits.second_term_month < limits.first_term_month
        terms.append(Term(start, following - timedelta(days=1), first, start.year - earlier))
    begun = [term for term in terms if term.start <= today]
    return begun[: -SHOWN - 1 : -1]
