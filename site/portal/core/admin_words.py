"""What an admin list finds for typed words where its rows are kept in no index of words: drafts, people, records."""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from search.analysis import Unit, units
from search.lexicon import default_synonyms
from search.query import LONGEST

#: Nobody types more words to find a row; each costs a comparison of every field.
MOST = 8
#: Terms with these signs stand in the index of listings only: sounds and numbers of documents.
_INDEXED_ONLY = ("~", "#", "=")


def words_q(typed: str, fields: Sequence[str]) -> Q:
    """Each word stands in one of the fields: as it was typed, or all that `search.analysis` hears in it."""
    words = typed.replace("\x00", "")[:LONGEST].split()[:MOST]
    return reduce(and_, (_word(word, fields) for word in words), Q())


def _word(word: str, fields: Sequence[str]) -> Q:
    asked = [ways for unit in units(word, default_synonyms()) if (ways := _ways(unit))]
    heard = [reduce(or_, (_all(way, fields) for way in ways)) for ways in asked[:MOST]]
    typed = _somewhere(word, fields)
    return typed | reduce(and_, heard) if heard else typed


def _ways(unit: Unit) -> list[frozenset[str]]:
    return [way for way in unit.ways if not any(term.startswith(_INDEXED_ONLY) for term in way)]


def _all(terms: frozenset[str], fields: Sequence[str]) -> Q:
    return reduce(and_, (_somewhere(term, fields) for term in sorted(terms)))


def _somewhere(term: str, fields: Sequence[str]) -> Q:
    return reduce(or_, (Q(**{f"{field}__icontains": term}) for field in fields))


class FindsWords:
    """Mixed into an index view with `search_fields`: words may stand apart, and in different fields."""

    search_fields: Sequence[str]
    search_query: str
    is_searching: bool

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(words_q(self.search_query, self.search_fields)) if self.is_searching else queryset
