"""What makes a hit worth more than its words: a table, with the platform's defaults."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Boosts:
    """Weights of the parts of a rank; every site may set its own.

    `title`, `filed`, `summary` and `text` weigh where a word stands (0 to 1). The others are added to the
    factor by which the words' points are multiplied: `fresh` on the day of publication, half of it after
    `half_life` days; `open` while one can still sign up or apply; `near` in the reader's own community.
    """

    title: float = 1.0
    filed: float = 0.7
    summary: float = 0.6
    text: float = 0.5
    fresh: float = 0.15
    half_life: float = 180.0
    open: float = 0.3
    near: float = 0.5

    @property
    def by_weight(self) -> list[float]:
        """As PostgreSQL takes them: D, C, B, A."""
        return [self.text, self.summary, self.filed, self.title]


NAMES = tuple(field.name for field in fields(Boosts))
#: Statuses in which somebody can still come or apply.
OPEN_STATUSES = ("recruiting", "open")
