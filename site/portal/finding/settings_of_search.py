"""What the current site has decided about its search; read anew at each search, in one query."""

import json
from dataclasses import dataclass, field
from functools import cache

from django.db import connection

from portal.finding.models import SearchSettings, Synonym, names_of
from search.analysis import Synonyms
from search.boosts import NAMES, Boosts
from search.lexicon import default_synonyms
from search.normal import normal


@dataclass(frozen=True, slots=True)
class Decided:
    """What a question to the listings takes along; the platform's own defaults on its host."""

    synonyms: Synonyms = field(default_factory=default_synonyms)
    boosts: Boosts = field(default_factory=Boosts)


def searching_here() -> Decided:
    """Synonyms and boosts of the current site; one query, none on the platform's host."""
    if connection.schema_name == "public":
        return Decided()
    with connection.cursor() as cursor:
        cursor.execute(_sql())
        boosts, groups = (json.loads(value) if isinstance(value, str) else value for value in cursor.fetchone())
    return Decided(
        together([(names_of(names), is_off) for names, is_off in groups or ()]),
        Boosts(**{name: float(boosts[name]) for name in NAMES}) if boosts else Boosts(),
    )


def together(groups: list[tuple[tuple[str, ...], bool]]) -> Synonyms:
    """The platform's groups without those that share a name with one that is switched off, and the site's own."""
    off = {normal(name) for names, is_off in groups if is_off for name in names}
    defaults = tuple(group for group in default_synonyms() if off.isdisjoint(map(normal, group)))
    return defaults + tuple(names for names, is_off in groups if not is_off)


@cache
def _sql() -> str:
    settings, synonym = SearchSettings._meta.db_table, Synonym._meta.db_table
    return f"""
        SELECT (SELECT row_to_json(s) FROM (SELECT * FROM "{settings}" ORDER BY id LIMIT 1) s),
               (SELECT json_agg(json_build_array(names, is_off) ORDER BY id) FROM "{synonym}")
    """  # noqa: S608  # our own table names
