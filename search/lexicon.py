"""The words that analysis knows: cut by rjieba with the field's own words, and those that a question can spare."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

DATA = Path(__file__).parent / "data"
#: How often our words are taken to occur: more often than their parts together, so that they stay whole.
FREQUENCY = 200_000
_filling = Lock()


def cut(text: str) -> list[str]:
    """Words of normalised `text` in order; together they are the text."""
    return list(_cutter().cut(text))


def cut_fine(text: str) -> list[str]:
    """The words, and the words within long words."""
    return list(_cutter().cut_for_search(text))


def word_starts(text: str) -> list[tuple[int, str]]:
    """Where words begin in normalised `text`, words within long words too, each with the word."""
    found: set[tuple[int, str]] = set()
    at = 0
    for word in cut(text):
        found.add((at, word))
        for within in cut_fine(word) if len(word) > 3 else ():
            inside = word.find(within)
            while len(within) > 1 and inside >= 0:
                found.add((at + inside, within))
                inside = word.find(within, inside + 1)
        at += len(word)
    return sorted(found)


@lru_cache(maxsize=1)
def spare_words() -> frozenset[str]:
    """Left out of a question unless it consists of nothing else."""
    return frozenset(word for line in _lines("stopwords.txt") for word in line.split())


@lru_cache(maxsize=1)
def default_synonyms() -> tuple[tuple[str, ...], ...]:
    """The platform's groups of names for one thing."""
    return tuple(tuple(line.split()) for line in _lines("synonyms.txt"))


def _cutter() -> Any:
    # Two threads that begin together: one must not cut while the other still adds words.
    with _filling:
        return _filled()


@lru_cache(maxsize=1)
def _filled() -> Any:
    import rjieba

    # Process-wide, the same at indexing and at asking: another dictionary means another index (`lexicon_mark`).
    for word in _lines("words.txt"):
        rjieba.add_word(word, FREQUENCY, "n")
    return rjieba


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
