"""How far a listing is from the reader: steps in the tree of divisions, metres where both positions are known."""

from typing import Any

from search.nearness import ELSEWHERE, steps
from search.query import Near

EARTH = 6_371_000


def nearness_sql(near: Near) -> tuple[str, list[Any]]:
    """`search.nearness.step` as SQL."""
    held = steps(near)
    whens = " ".join(f"WHEN places && %s::varchar[] THEN {step}" for _places, step in held)
    values = [places for places, _step in held]
    return (f"CASE {whens} ELSE {ELSEWHERE} END", values) if held else (str(ELSEWHERE), [])


def distance_sql(near: Near | None) -> tuple[str, list[Any]]:
    """Metres on the sphere (haversine); NULL where either position is not known."""
    if near is None or near.latitude is None or near.longitude is None:
        return "NULL::float8", []
    sql = (
        f"{2 * EARTH} * asin(sqrt(power(sin(radians(latitude - %s) / 2), 2) + cos(radians(%s)) * cos(radians(latitude))"
        " * power(sin(radians(longitude - %s) / 2), 2)))"
    )
    return sql, [near.latitude, near.latitude, near.longitude]
