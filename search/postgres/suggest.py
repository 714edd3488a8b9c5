"""Titles and bodies that complete what is being typed, from the index of beginnings."""

import datetime as dt

from search.normal import normal
from search.postgres.asking import ask
from search.query import Suggestion
from search.vectors import MOST_PREFIX, quoted


def suggest(typed: str, *, tenant_id: int | None, now: dt.datetime, limit: int = 8) -> list[Suggestion]:
    """At most `limit`, each title once, those that begin with it before those that contain it; one round trip.

    On the platform two letters are asked for: one would name half of everything.
    """
    plain = "".join(character for character in normal(typed) if character.isalnum())[: MOST_PREFIX * 2]
    if len(plain) < (2 if tenant_id is None else 1):
        return []
    lexeme = quoted(f"{tenant_id or ''}|{plain}") + ":*"
    return [Suggestion(*row) for row in ask(_SQL, [lexeme, now, plain, limit])]


#: What somebody looks at before all of a prefix is read: more than fit a list, few enough to sort.
_LOOKED_AT = 400
_SQL = f"""
WITH begun AS MATERIALIZED (
  SELECT title, kind, url, tenant_id, starts_at, published_on FROM search_listing
  WHERE prefixes @@ %s::tsquery AND part = '' AND (visible_until IS NULL OR visible_until > %s) LIMIT {_LOOKED_AT}),
once AS (SELECT DISTINCT ON (title) * FROM begun ORDER BY title, starts_at NULLS LAST, published_on DESC NULLS LAST)
SELECT title, kind, url, tenant_id FROM once
ORDER BY NOT starts_with(lower(title), %s), starts_at NULLS LAST, length(title), title LIMIT %s"""
