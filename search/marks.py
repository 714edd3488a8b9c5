"""The values of a listing's facets as one text: rows that say the same of themselves are counted together."""

from collections.abc import Mapping, Sequence

from search.facets import FACETS, Shape

#: Facets with few values, so that few texts differ. Sites, places and times have a column of their own to count by.
MARKED = [facet for facet in FACETS.values() if facet.spans is None and facet.name not in {"site", "place"}]


def marks(row: Mapping[str, str | Sequence[str]]) -> str:
    """`name=value` a line, for every value of `row`, which holds the columns of a listing."""
    return "\n".join(
        f"{facet.name}={_on_a_line(value)}"
        for facet in MARKED
        for value in (row[facet.column] if facet.shape is Shape.MANY else [row[facet.column]])
        if value
    )


def read_mark(line: str) -> tuple[str, str]:
    """The (facet, value) of a line that `marks` wrote."""
    name, _sign, value = line.partition("=")
    return name, value


def _on_a_line(value: object) -> str:
    return " ".join(str(value).split("\n"))
