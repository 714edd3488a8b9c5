"""Which star's hours are reached, and how far the next is."""

import pytest

from portal.core.models import RuleSettings
from portal.volunteers.domain.levels import level_of


@pytest.mark.parametrize(
    ("minutes", "stars", "missing"),
    [
        (0, 0, 6000),
        (5999, 0, 1),
        (6000, 1, 12_000),
        (18_000, 2, 18_000),
        (36_000, 3, 24_000),
        (60_000, 4, 30_000),
        (90_000, 5, 0),
        (900_000, 5, 0),
    ],
)
def test_a_star_is_reached_with_its_last_minute(minutes: int, stars: int, missing: int) -> None:
    level = level_of(minutes, rules=RuleSettings())
    assert (level.stars, level.missing) == (stars, missing)


def test_steps_and_their_source_are_the_tenants() -> None:
    own = RuleSettings(star_hours=[10, 20, 30, 40, 50], star_source="本市评定办法第五条")
    level = level_of(1200, rules=own)
    assert (level.stars, level.words, level.drawn) == (2, "已达到二星的时长", "★★☆☆☆")
    assert level.rule == "一至五星依次须满10、20、30、40、50小时（本市评定办法第五条）。"
    assert "（本站规则）" in level_of(0, rules=RuleSettings()).rule
