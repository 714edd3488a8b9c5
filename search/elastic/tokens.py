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

_MOST = max(PLACES.values())
_LEXEME = re.compile(r"'((?:[^'\\]|''|\\\\)*)'(?::([0-9A-D,]+))?")
_ESCAPED = re.compile(r"''|\\\\")


def token(term: str) -> str:
    """`银龄` → `94f69f84`; at most 160 characters for the longest term, below the tokenizer's 255."""
    return term.encode("utf-16-be").hex()


def lexemes(vector: str) -> Iterator[str]:
    """The terms of a tsvector in its text form."""
    for term, _positions in _LEXEME.findall(vector):
        yield _ESCAPED.sub(_unescaped, term)


def _unescaped(escaped: re.Match[str]) -> str:
    return escaped[0][0]


def _weight(position: str) -> str:
    """`D` is what PostgreSQL leaves out."""
    return position[-1] if position[-1] in "ABC" else "D"


def written(vector: str) -> tuple[str, str]:
    """The fields `all` and `worth` of a listing with this tsvector.

    `94f69f84a1 94f69f84d2`: the term stands first in the title, and again in the text. What has no place is a
    condition, a term only for PostgreSQL's sake. In one loop: a rebuild of millions of rows is mostly this.
    """
    every, worths = [], []
    for term, positions in _LEXEME.findall(vector):
        if not positions:
            continue
        plain = token(_ESCAPED.sub(_unescaped, term) if "'" in term or "\\" in term else term)
        every.append(plain)
        if "," not in positions:
            worths.append(f"{plain}{_weight(positions).lower()}1")
            continue
        for place, position in enumerate(positions.split(",", _MOST)[:_MOST], start=1):
            weight = _weight(position)
            if place <= PLACES[weight]:
                worths.append(f"{plain}{weight.lower()}{place}")
    return " ".join(every), " ".join(worths)


def worth(term: str, weight: str, place: int) -> str:
    """The word that says that `term` stands at its `place`-th time with this weight."""
    return f"{token(term)}{weight.lower()}{place}"
