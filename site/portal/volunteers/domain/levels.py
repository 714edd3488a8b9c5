"""Which star's hours a volunteer has reached by the tenant's rule; the star itself is applied for and publicised."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.models import RuleSettings
from portal.core.wording import listed

_WORDS = (
    gettext_lazy("还没有达到一星的时长"),
    gettext_lazy("已达到一星的时长"),
    gettext_lazy("已达到二星的时长"),
    gettext_lazy("已达到三星的时长"),
    gettext_lazy("已达到四星的时长"),
    gettext_lazy("已达到五星的时长"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """`stars` from 0 to 5 by confirmed `minutes`; `missing` minutes to the next star, 0 when there is none."""

    stars: int
    minutes: int
    missing: int
    steps: tuple[int, ...]
    source: str

    @property
    def words(self) -> str:
        return str(_WORDS[self.stars])

    @property
    def drawn(self) -> str:
        """`★★☆☆☆`."""
        return "★" * self.stars + "☆" * (len(self.steps) - self.stars)

    @property
    def rule(self) -> str:
        """The tenant's steps in hours, and what they rest on."""
        source = self.source or _("本站规则")
        return _("一至五星依次须满%(steps)s小时（%(source)s）。") % {"steps": listed(self.steps), "source": source}


def level_of(minutes: int, *, rules: RuleSettings) -> Level:
    """The level that confirmed `minutes` reach by the rule of today."""
    steps = tuple(rules.star_hours)
    ahead = [60 * step - minutes for step in steps if 60 * step > minutes]
    return Level(len(steps) - len(ahead), minutes, ahead[0] if ahead else 0, steps, rules.star_source)
