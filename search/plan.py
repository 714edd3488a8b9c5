"""From a question to what a text must contain and what each term is worth: decided here, carried out by an engine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from search.analysis import CHANCE, Synonyms, Unit, chance_terms, crumbs, units
from search.frequencies import Frequencies
from search.query import LONGEST

#: A question of so many things is a sentence: a text need not contain them all.
SENTENCE = 4
#: A sentence looks through about so many texts, those with its rarest words.
ENOUGH = 300
#: Words written as one are asked for apart when fewer texts than so many hold all of them.
FEW = 3
#: Terms that count in ranking; the rest of a long question adds nothing.
MOST_TERMS = 40

Way = frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """`groups`: a text is a hit when it contains, for each group, all terms of one of its ways.

    `points` is what each term adds to the rank, its rarity included. `is_loose`: fewer words are asked
    for than were typed. With fewer hits than `enough` the next plan is tried.
    """

    groups: tuple[tuple[Way, ...], ...]
    points: tuple[tuple[str, float], ...]
    is_loose: bool = False
    enough: int = 1

    @property
    def terms(self) -> set[str]:
        """Everything that is marked in a hit."""
        return {term for term, _points in self.points}


def asked_units(text: str, synonyms: Synonyms) -> list[Unit]:
    """The things that a question asks for."""
    return units(text[:LONGEST], synonyms)


def terms_of(text: str, asked: Sequence[Unit]) -> set[str]:
    """All terms whose frequency a plan wants to know."""
    return {term for unit in asked for term, _weight in unit.weights} | chance_terms(text[:LONGEST])


def plans(text: str, asked: Sequence[Unit], known: Frequencies) -> Iterator[Plan]:
    """What to ask for, each when the one before has found too little.

    All of it, then the rarest things of it, then whatever is left of words that nobody wrote so.
    """
    is_phrase = len(asked) > 1 and not any(sign.isspace() for sign in text.strip())
    enough = FEW if is_phrase else 1
    if not is_sentence(asked):
        yield replace(strict(text, asked, known), enough=enough)
    if len(asked) > 1:
        yield replace(loose(text, asked, known), enough=enough)
    left = crumbs(asked)
    if len(left) > 1:
        yield loose(text, left, known)


def strict(text: str, asked: Sequence[Unit], known: Frequencies) -> Plan:
    """Every thing must be there."""
    return Plan(tuple(unit.ways for unit in asked), _points(text, asked, known))


def loose(text: str, asked: Sequence[Unit], known: Frequencies) -> Plan:
    """The rarest things, any of them, or all of the others together."""
    by_rarity = sorted(asked, key=lambda unit: _documents(unit, known))
    rare: list[Unit] = []
    reached = 0.0
    for unit in by_rarity:
        reached += _documents(unit, known)
        if rare and reached > ENOUGH:
            break
        rare.append(unit)
    others = by_rarity[len(rare) :]
    ways = [way for unit in rare for way in unit.ways]
    if len(others) > 1:
        ways.append(frozenset().union(*(unit.ways[0] for unit in others)))
    return Plan((tuple(dict.fromkeys(ways)),), _points(text, asked, known), is_loose=True)


def is_sentence(asked: Sequence[Unit]) -> bool:
    return len(asked) >= SENTENCE


def rarity(documents: float, of: float) -> float:
    """Inverse document frequency, never negative (Robertson and Spärck Jones)."""
    return log(1 + (of - documents + 0.5) / (documents + 0.5)) if documents <= of else 0.0


def _points(text: str, asked: Sequence[Unit], known: Frequencies) -> tuple[tuple[str, float], ...]:
    weights = dict.fromkeys(chance_terms(text[:LONGEST]), CHANCE)
    weights |= _weights(asked)
    worth = {term: weight * rarity(known[term], known.documents) for term, weight in weights.items()}
    return tuple(sorted(worth.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TERMS])


def _weights(asked: Iterable[Unit]) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for unit in asked:
        for term, weight in unit.weights:
            weights[term] = max(weight, weights.get(term, 0.0))
    return weights


def _documents(unit: Unit, known: Frequencies) -> float:
    """In about how many texts a thing is found: each way in as many as its rarest term."""
    return sum(min((known[term] for term in way), default=0.0) for way in unit.ways)
