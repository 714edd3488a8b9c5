"""A document as PostgreSQL keeps it: terms with weights, and the beginnings that complete themselves."""

from collections import Counter
from collections.abc import Iterable

from search.analysis import sound_terms, terms
from search.documents import MOST_BODY, Document
from search.lexicon import word_starts
from search.normal import normal
from search.pinyin import spoken

#: Title; what it is filed under; summary; text.
TITLE, FILED, SUMMARY, TEXT = "ABCD"
#: Before a term: it stands in the title, or in what the listing is filed under. No term begins so by itself.
HEADING = "!"
#: More than this often in one field adds nothing to the rank, only to the index.
MOST_OFTEN = 4
MOST_PREFIX = 16
Fields = dict[str, Counter[str]]


def fields(document: Document) -> Fields:
    """The terms of each weight."""
    # The number is the whole document's: a part is found by what it says itself.
    number = "" if document.part else document.number
    filed = [number, document.organiser, document.place, document.brand, *document.keywords]
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


def headings(found: Fields) -> list[str]:
    """The terms of the title and of what it is filed under, once more: the index tells where a word stands."""
    return [HEADING + term for weight in (TITLE, FILED) for term in found[weight]]


def vector(found: Fields, plain: Iterable[str] = ()) -> str:
    """The text form of a tsvector; positions count occurrences, no more."""
    entries: dict[str, list[str]] = {}
    for weight, counted in found.items():
        for term, times in counted.items():
            at = entries.setdefault(term, [])
            for _ in range(times if times < MOST_OFTEN else MOST_OFTEN):
                at.append(f"{len(at) + 1}{weight}")
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
    sounding = spoken(plain)
    kept = [at for at, character in enumerate(plain) if character.isalnum()]
    found: set[str] = set()
    for begin in {at for at, word in word_starts(plain) if word[0].isalnum()}:
        rest = [at for at in kept if at >= begin][:MOST_PREFIX]
        found.add("".join(plain[at] for at in rest))
        found.add("".join(sounding[at] for at in rest)[: MOST_PREFIX * 2])
        found.add("".join(sounding[at][0] for at in rest))
    return found


def quoted(term: str) -> str:
    """A lexeme as a literal of tsvector and tsquery."""
    if "'" in term or "\\" in term:
        term = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{term}'"
