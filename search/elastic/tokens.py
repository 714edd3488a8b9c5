"""Our terms as words that any analyser leaves whole.

The terms of a listing are made once, by `search.analysis`, and kept as a tsvector. Elasticsearch gets the very same,
written in hexadecimal digits: its `standard` tokenizer, the only one a bare server has, would split `#津民发2023.30`
and every Chinese word. So both engines find the same, no plugin is needed, and the feed analyses nothing.
"""

import re
from collections.abc import Iterator

PLACES = {"A": 2, "B": 2, "C": 3, "D": 4}
"""Up to which place a term counts, by where it stands there: the second a quarter of the first, the fourth a sixteenth.

Places go from title to text; a title says nothing three times."""

_LEXEME = re.compile(r"'((?:[^'\\]|''|\\\\)*)'(?::([0-9A-D,]+))?")
_ESCAPED = re.compile(r"''|\\\\")


def token(term: str) -> str:
    """`银龄` → `94f69f84`; at most 160 characters for the longest term, below the tokenizer's 255."""
    return term.encode("utf-16-be").hex()


def lexemes(vector: str) -> Iterator[tuple[str, str]]:
    """The terms of a tsvector in its text form, each with one weight letter for each time it stands there."""
    for match in _LEXEME.finditer(vector):
        term, positions = match.groups()
        if "'" in term or "\\" in term:
            term = _ESCAPED.sub(lambda escaped: escaped[0][0], term)
        yield term, "".join(_weight(position) for position in positions.split(",")) if positions else ""


def _weight(position: str) -> str:
    """`D` is what PostgreSQL leaves out."""
    return position[-1] if position[-1] in "ABC" else "D"


def worths(term: str, weights: str) -> Iterator[str]:
    """`94f69f84a1`, `94f69f84d2`: the term stands first in the title, and again in the text.

    More times are worth next to nothing. A plain token has four digits for each character, this two more.
    """
    for place, weight in enumerate(weights[: max(PLACES.values())], start=1):
        if place <= PLACES[weight]:
            yield worth(term, weight, place)


def worth(term: str, weight: str, place: int) -> str:
    """The word that says that `term` stands at its `place`-th time with this weight."""
    return f"{token(term)}{weight.lower()}{place}"
