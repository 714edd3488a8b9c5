"""Rounding and capping of service time (令67号: time actually given, travel excluded; rounding by tenant)."""

import math
from datetime import datetime


def rounded(minutes: int, *, step: int) -> int:
    """The nearest multiple of `step`, a half going down: with 30, 15 → 0, 16 to 45 → 30, 46 → 60."""
    if step <= 1:
        return minutes
    return max(math.ceil(minutes / step - 0.5), 0) * step


def length(starts_at: datetime, ends_at: datetime) -> int:
    """Whole minutes between two moments."""
    return int((ends_at - starts_at).total_seconds() // 60)


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two spans share time; one may begin when the other ends."""
    return first[0] < second[1] and second[0] < first[1]


def hours(minutes: int) -> str:
    """Minutes as the hours account shows them: 90 → 1.5, 120 → 2.0; exact to a tenth or, if needed, a hundredth."""
    text = f"{minutes / 60:.2f}"
    return text[:-1] if text.endswith("0") else text
