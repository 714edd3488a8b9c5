"""The place facet: the level of the tree at which a reader stands, the way up, and what lies within."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.facets import Option
from portal.finding.asking import Asked
from portal.finding.grounds import Ground, above, is_heading

#: Of one level; more names than these are found by typing them.
MOST_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Step:
    """A place to go to: its name, the address, how many hits it has."""

    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class PlaceTree:
    """`options` are the places of one level, several of which can be chosen; `path` leads up, `within` down."""

    options: list[Option]
    path: list[Step]
    within: list[Step]


def place_tree(asked: Asked, counts: Mapping[str, int], ground: Ground) -> PlaceTree:
    """One query for the names of what is shown."""
    chosen = asked.values.get("place", ())
    level = above(chosen[0]) if chosen and chosen[0] != ground.root else ground.root
    prefixes = _below(level, {*counts, *chosen}, counts)
    within = _below(chosen[0], set(counts), counts) if len(chosen) == 1 and chosen[0] != ground.root else []
    path = _path(level, ground.root)
    names = ground.names([*prefixes, *within, *path])

    def steps(some: list[str]) -> list[Step]:
        return [
            Step(names[prefix], asked.having(place="" if prefix == ground.root else prefix), counts.get(prefix, 0))
            for prefix in some
            if prefix in names
        ]

    options = [
        Option(prefix, names.get(prefix, prefix), prefix in chosen, counts.get(prefix, 0))
        for prefix in prefixes
        if prefix in names or prefix in chosen
    ]
    return PlaceTree(options, steps(path), steps(within))


def _below(place: str, prefixes: set[str], counts: Mapping[str, int]) -> list[str]:
    """Those right within `place`: the fullest, in the order of their codes."""
    found = [prefix for prefix in prefixes if not is_heading(prefix) and above(prefix) == place and prefix != place]
    return sorted(sorted(found, key=lambda prefix: (-counts.get(prefix, 0), prefix))[:MOST_SHOWN])


def _path(level: str, root: str) -> list[str]:
    """From the site's own division to `level`, the site's own included when that is not all."""
    if level == root:
        return []
    found = [level]
    while found[0] != root and (up := above(found[0])):
        found.insert(0, up)
    return found if not root or found[0] == root else [level]
