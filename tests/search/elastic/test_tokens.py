"""Terms survive the way through PostgreSQL's text form and Elasticsearch's tokenizer unchanged."""

from typing import Any

import pytest
from django.db import connection

from search.elastic import tokens
from search.elastic.client import alias
from search.vectors import vector

AWKWARD = [
    "银龄",
    "#津民发2023.30",
    "it's",
    "a\\b",
    "''",
    "c++",
    "@2023-12-06",
    "^yl",
    "~yin.ling",
    "𠮷野",
    "长" * 40,
    "a:1",
]


@pytest.mark.usefixtures("db")
def test_terms_and_weights_are_read_back_from_a_vector() -> None:
    said = vector({"A": dict.fromkeys(AWKWARD, 2), "D": {"银龄": 9}}, ["=t1"])  # type: ignore[dict-item]  # a dict counts as well
    with connection.cursor() as cursor:
        cursor.execute("SELECT (%s::tsvector)::text", [said])
        text = cursor.fetchone()[0]
    every, worth = tokens.written(text)
    assert sorted(every.split()) == sorted(tokens.token(term) for term in AWKWARD)
    places = [("A", 1), ("A", 2)]
    expected = {tokens.worth(term, *place) for term in AWKWARD for place in places}
    assert set(worth.split()) == expected | {tokens.worth("银龄", "D", place) for place in (3, 4)}
    assert set(tokens.lexemes(text)) == {*AWKWARD, "=t1"}


def test_the_servers_tokenizer_leaves_every_term_whole(index: Any) -> None:
    plain = [tokens.token(term) for term in AWKWARD]
    worth = [tokens.worth(term, "A", 1) for term in AWKWARD]
    answer = index.indices.analyze(index=alias(), field="all", text=" ".join([*plain, *worth]))
    assert [one["token"] for one in answer["tokens"]] == plain + worth
    # No term is another's worth, nor two terms one token.
    assert len({*plain, *worth}) == 2 * len(AWKWARD)
