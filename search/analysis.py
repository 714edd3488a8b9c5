"""Text into terms, questions into units: the same for both engines, so that both find the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from search import pinyin
from search.lexicon import cut, cut_fine, spare_words, word_starts
from search.normal import normal
from search.patterns import Figure, figures

_SIGNS = re.compile(r"[.+#-]")
_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+(?:[.+#-][a-z0-9]+)*")
MOST_TERM = 40
MOST_UNITS = 24
#: A word of a question, two characters that only happen to stand together, the word in other words.
WORD, CHANCE, SYNONYM = 1.0, 0.3, 0.7

Synonyms = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a question asks for.

    `ways`: a text contains it when it has all terms of one way. `weights`: what each term counts in
    ranking. `text` is what was typed; `spare` says that a question can do without it.
    """

    text: str
    ways: tuple[frozenset[str], ...]
    weights: tuple[tuple[str, float], ...]
    spare: bool = False


def terms(text: str) -> Counter[str]:
    """How often each term stands in `text`: characters, pairs, words, Latin words, figures."""
    plain = normal(text)
    found: Counter[str] = Counter()
    for figure in figures(plain):
        found.update(figure.terms)
    for match in _RUN.finditer(plain):
        run = match[0]
        if run[0] < "\u2e80":
            found.update({part for part in (run, *_SIGNS.split(run)) if part and len(part) <= MOST_TERM})
            continue
        found.update(run)
        found.update(_pairs(run))
        found.update(word for word in cut_fine(run) if len(word) > 2)
    return found


def sound_terms(text: str) -> set[str]:
    """The terms under which a title or a name is found by its sound."""
    plain = normal(text)
    return pinyin.sounds(plain, word_starts(plain))


def units(question: str, synonyms: Synonyms = ()) -> list[Unit]:
    """What `question` asks for, in its order, at most `MOST_UNITS`; nothing for signs alone."""
    plain = pinyin.joined(normal(question))
    members = _by_member(tuple(tuple(group) for group in synonyms))
    found: list[Unit] = []
    at = 0
    for figure in figures(plain):
        found += _word_units(plain[at : figure.start], members)
        found.append(_figure(figure, plain[figure.start : figure.end]))
        at = figure.end
    found += _word_units(plain[at:], members)
    asked = [unit for unit in _once(found) if not unit.spare] or found
    return asked[:MOST_UNITS]


def chance_terms(question: str) -> set[str]:
    """Pairs across the borders of words: they count in ranking, where two words stand together."""
    return {pair for match in _RUN.finditer(normal(question)) if match[0][0] >= "\u2e80" for pair in _pairs(match[0])}


def crumbs(asked: Sequence[Unit]) -> list[Unit]:
    """Every term of what is asked as a thing of its own: something is left of a word that is spelt wrong."""
    found = {term: None for unit in asked for way in unit.ways for term in sorted(way)}
    return [Unit(term, (frozenset({term}),), ((term, WORD),)) for term in found][:MOST_UNITS]


def _figure(figure: Figure, typed: str) -> Unit:
    """A number is what it is; of a document people also write the office and the figures apart."""
    whole = figure.terms[0]
    ways = [frozenset({whole})]
    if whole[0] == "#":
        ways.append(
            frozenset(part for run in _RUN.findall(typed) for part in (_pairs(run) if run > "\u2e80" else [run]))
        )
    return Unit(typed, tuple(ways), tuple((term, WORD) for term in dict.fromkeys([whole, *sorted(ways[-1])])))


def _word_units(text: str, members: Mapping[str, Sequence[str]]) -> Iterator[Unit]:
    for match in _RUN.finditer(text):
        run = match[0]
        if run[0] >= "\u2e80":
            yield from _han(run, members)
        else:
            yield _synonym(run, members[run]) if run in members else _latin(run)


def _han(run: str, members: Mapping[str, Sequence[str]]) -> Iterator[Unit]:
    """Synonyms first, the longest at each place; what is between them is cut into words."""
    longest = max(map(len, members), default=0)
    at = begun = 0
    while at < len(run):
        known = next(
            (run[at : at + length] for length in range(longest, 1, -1) if run[at : at + length] in members), ""
        )
        if known:
            yield from map(_word, cut(run[begun:at]) if at > begun else ())
            yield _synonym(known, members[known])
            begun = at + len(known)
        at = begun if known else at + 1
    yield from map(_word, cut(run[begun:]) if begun < len(run) else ())


def _word(word: str) -> Unit:
    needed = _pairs(word) or [word]
    counted = dict.fromkeys([*needed, word] if len(word) > 2 else needed)
    # A long word has many terms, but says little more than a short one.
    weight = WORD / sqrt(len(counted))
    return Unit(word, (frozenset(needed),), tuple((term, weight) for term in counted), word in spare_words())


def _synonym(typed: str, group: Sequence[str]) -> Unit:
    named = [_latin(name) if name.isascii() else _word(name) for name in (typed, *group)]
    weights = dict(named[0].weights)
    for other in named[1:]:
        for term, weight in other.weights:
            weights.setdefault(term, SYNONYM * weight)
    ways = tuple(dict.fromkeys(unit.ways[0] for unit in named))
    return Unit(typed, ways, tuple(weights.items()), named[0].spare)


def _latin(word: str) -> Unit:
    word = word[:MOST_TERM]
    parts = frozenset(filter(None, _SIGNS.split(word)))
    others = pinyin.ways(word) if word.isalpha() else (parts,) if len(parts) > 1 else ()
    weights = {word: WORD} | {term: WORD for way in others for term in way}
    return Unit(word, (frozenset({word}), *others), tuple(weights.items()))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _once(found: Iterable[Unit]) -> Iterator[Unit]:
    seen: set[tuple[frozenset[str], ...]] = set()
    for unit in found:
        if unit.ways not in seen:
            seen.add(unit.ways)
            yield unit


@lru_cache(maxsize=256)
def _by_member(groups: tuple[tuple[str, ...], ...]) -> dict[str, tuple[str, ...]]:
    """Each name with the other names of its groups."""
    found: dict[str, list[str]] = {}
    for group in groups:
        plain = [normal(name) for name in group]
        for name in plain:
            found.setdefault(name, []).extend(other for other in plain if other != name)
    return {name: tuple(dict.fromkeys(others)) for name, others in found.items()}
