"""How far a listing is from the reader: steps in the tree of divisions, metres where both positions are known."""

from typing import Any

from search.documents import prefix_of
from search.query import Near

EARTH = 6_371_000


def nearness_sql(near: Near) -> tuple[str, list[Any]]:
    """0 in the same community, 1 the same street, 2 a neighbour, 3 the same district, 4 the same city, 5 elsewhere."""
    code = prefix_of(near.division_code)
    neighbours = [prefix_of(each) for each in near.neighbours]
    cases = [
        (code if len(code) == 12 else None, 0),
        (code[:9] if len(code) >= 9 else None, 1),
        (neighbours or None, 2),
        (code[:6] if len(code) >= 6 else None, 3),
        (code[:4] if len(code) >= 4 else None, 4),
    ]
    held = [(place, step) for place, step in cases if place]
    whens = " ".join(f"WHEN places && %s::varchar[] THEN {step}" for _place, step in held)
    values = [place if isinstance(place, list) else [place] for place, _step in held]
    return (f"CASE {whens} ELSE 5 END", values) if held else ("5", [])


def distance_sql(near: Near | None) -> tuple[str, list[Any]]:
    """Metres on the sphere (haversine); NULL where either position is not known."""
    if near is None or near.latitude is None or near.longitude is None:
        return "NULL::float8", []
    sql = (
        f"{2 * EARTH} * asin(sqrt(power(sin(radians(latitude - %s) / 2), 2) + cos(radians(%s)) * cos(radians(latitude))"
        " * power(sin(radians(longitude - %s) / 2), 2)))"
    )
    return sql, [near.latitude, near.latitude, near.longitude]
