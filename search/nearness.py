"""How near a place is to the reader in the tree of divisions, where no position is known."""

from collections.abc import Collection

from search.documents import prefix_of
from search.query import Near

#: Neither community nor street nor neighbour nor district nor city is the same.
ELSEWHERE = 5


def steps(near: Near) -> list[tuple[list[str], int]]:
    """The prefixes of places and how far each is: 0 the same community, 1 street, 2 a neighbour, 3 district, 4 city.

    The first that holds a listing says how near that is.
    """
    code = prefix_of(near.division_code)
    neighbours = [prefix_of(each) for each in near.neighbours]
    lengths = ((12, 0), (9, 1), (6, 3), (4, 4))
    held = [([code[:length]], step) for length, step in lengths if len(code) >= length]
    return sorted([*held, *([(neighbours, 2)] if neighbours else [])], key=lambda pair: pair[1])


def step(near: Near, places: Collection[str]) -> int:
    """How far a listing is that lies in `places`."""
    return next((step for prefixes, step in steps(near) if not set(prefixes).isdisjoint(places)), ELSEWHERE)
