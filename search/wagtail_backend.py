"""The admin's own search, finding Chinese: Wagtail's PostgreSQL backend with our words instead of the parser's.

PostgreSQL's parser takes a run of Chinese characters for one word, so a title is found by its whole
only. Here what is indexed and what is asked for come from `search.analysis`, as for the public pages:
pairs, words, sounds, figures.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres import postgres
from modelsearch.query import Phrase, PlainText

from search.analysis import Unit, sound_terms, terms, units
from search.lexicon import default_synonyms
from search.vectors import quoted, vector

#: Of a long page this much is found.
MOST = 20_000
LONGEST = 200
#: What the typed beginning completes stands before what is only written somewhere in the text.
NAMED, WRITTEN = "A", "D"


class TermsQuery(SearchQuery):
    """A finished tsquery: `to_tsquery` would take terms such as `~jiao.tong` apart once more."""

    def __init__(self, written: str) -> None:
        super().__init__(Value(written), search_type="raw")
        self.written = written

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[str]]:
        return "%s::tsquery", [self.written]


class ObjectIndexer(postgres.ObjectIndexer):
    """Terms with weights; what completes a name finds the text, too, in the one index that is asked for it."""

    def as_vector(self, texts: Sequence[tuple[str, str]], for_autocomplete: bool = False) -> Combinable:
        found: dict[str, Counter[str]] = {}
        for text, weight in texts:
            found.setdefault(weight, Counter()).update(terms(text[:MOST]))
            if for_autocomplete and weight == NAMED:
                found[weight].update(sound_terms(text[:LONGEST]))
        return Cast(Value(vector(found)), SearchVectorField())

    @property
    def autocomplete(self) -> Combinable:
        """Every admin list asks for this one: Wagtail puts titles alone into it."""
        texts: list[tuple[str, str]] = []
        for each in self.search_fields:
            for field, _weight, text in self.prepare_field(self.obj, each):
                texts.append((text, NAMED if isinstance(field, postgres.AutocompleteField) else WRITTEN))
        return self.as_vector(texts, for_autocomplete=True)


# `add_items` has the class hard-coded. Set once, at import: setting it around each call is not safe between threads.
postgres.ObjectIndexer = ObjectIndexer


class Index(postgres.PostgresIndex):
    """Without the average over the whole index, which Wagtail takes at each save (60 ms at 100,000 entries)."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """A new entry has the norm 1 until the next rebuild."""
        if full:
            super()._refresh_title_norms(full=True)


class _Asking:
    """What a question asks for as a tsquery over `search.analysis` terms."""

    LAST_TERM_IS_PREFIX: bool

    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        if not isinstance(query, PlainText | Phrase):
            return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]  # a mixin
        asked = units(query.query_string[:LONGEST], default_synonyms())
        sign = "|" if getattr(query, "operator", "and") == "or" else "&"
        written = f" {sign} ".join(
            _written(unit, is_prefix=self.LAST_TERM_IS_PREFIX and unit is asked[-1]) for unit in asked
        )
        return TermsQuery(f"!({written})" if invert and written else written)

    def get_fields_vectors(self, search_query: Any) -> list[tuple[Any, Any]]:
        """Of single fields nothing is kept; their text would be parsed by PostgreSQL, which finds no Chinese."""
        return self.get_index_vectors(search_query)

    def get_index_vectors(self, search_query: Any) -> list[tuple[Any, Any]]:
        raise NotImplementedError  # each compiler below names its own columns


class SearchCompiler(_Asking, postgres.PostgresSearchQueryCompiler):
    """For choosers and for `search()`."""

    get_index_vectors = postgres.PostgresSearchQueryCompiler.get_index_vectors


class AutocompleteCompiler(_Asking, postgres.PostgresAutocompleteQueryCompiler):
    """For the lists of the admin, which search at each key."""

    def get_index_vectors(self, search_query: Any) -> list[tuple[Any, Any]]:
        return [(F("index_entries__autocomplete"), 1.0)]


class SearchBackend(postgres.PostgresSearchBackend):
    index_class = Index
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler


def _written(unit: Unit, *, is_prefix: bool) -> str:
    """One thing: all terms of one of its ways. The last word may be unfinished where it is not Chinese."""
    ways = [" & ".join(map(quoted, sorted(way))) for way in unit.ways]
    if is_prefix and unit.text.isascii():
        # As a word, and as the first syllable of two.
        ways += [f"{quoted(unit.text)}:*", f"{quoted(f'~{unit.text}')}:*"]
    return "(" + " | ".join(f"({way})" for way in ways) + ")"
