"""A document as PostgreSQL keeps it: terms with weights, and the beginnings that complete themselves."""

from collections import Counter
from collections.abc import Iterable

from search.analysis import sound_terms, terms
from search.documents import MOST_BODY, Document
from search.lexicon import word_starts
from search.normal import normal
from search.pinyin import syllables

#: Title; what it is filed under; summary; text.
TITLE, FILED, SUMMARY, TEXT = "ABCD"
#: More than this often in one field adds nothing to the rank, only to the index.
MOST_OFTEN = 4
MOST_PREFIX = 16
Fields = dict[str, Counter[str]]


def fields(document: Document) -> Fields:
    """The terms of each weight."""
    filed = [document.number, document.organiser, document.place, document.brand, *document.keywords]
    spoken = sound_terms("，".join([document.title, document.organiser, document.place, *document.keywords]))
    return {
        TITLE: terms(document.title),
        FILED: terms("，".join(filter(None, filed))) + Counter(spoken),
        SUMMARY: terms(document.summary),
        TEXT: terms(document.body[:MOST_BODY]),
    }


def filters(tenant_id: int, kind: str, document: Document) -> list[str]:
    """Conditions as terms: the index intersects them with the words before it touches a row."""
    return [f"=t{tenant_id}", f"=k{kind}", *(f"=p{place}" for place in document.places)]


def vector(found: Fields, plain: Iterable[str] = ()) -> str:
    """The text form of a tsvector; positions count occurrences, no more."""
    entries: dict[str, list[str]] = {}
    for weight, counted in found.items():
        for term, times in counted.items():
            at = entries.setdefault(term, [])
            at += [f"{len(at) + number}{weight}" for number in range(1, min(times, MOST_OFTEN) + 1)]
    written = [f"{quoted(term)}:{','.join(at)}" for term, at in entries.items()]
    return " ".join([*written, *map(quoted, plain)])


def prefixes(tenant_id: int, document: Document) -> str:
    """The title and the organiser, from each word on, in characters, pinyin and initials; for one site and for all."""
    found: set[str] = set()
    for text in (document.title, document.organiser):
        found |= beginnings(text)
    return " ".join(quoted(f"{scope}|{form}") for form in sorted(found) for scope in ("", tenant_id))


def beginnings(text: str) -> set[str]:
    """What somebody may type to mean `text`: its rest from each word on, as written and as spoken."""
    plain = normal(text)
    found: set[str] = set()
    for at in {at for at, word in word_starts(plain) if word[0].isalnum()}:
        rest = "".join(character for character in plain[at:] if character.isalnum())[:MOST_PREFIX]
        spoken = syllables(rest)
        found |= {rest, "".join(spoken)[: MOST_PREFIX * 2], "".join(syllable[:1] for syllable in spoken)}
    return found


def quoted(term: str) -> str:
    """A lexeme as a literal of tsvector and tsquery."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
