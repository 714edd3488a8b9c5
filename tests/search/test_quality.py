"""What people ask is answered among the first three: measured on the judged set, with both engines."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search import evaluation
from search.models import Listing
from tests.factories.search import make_listing
from tests.search.judged.corpus import QUERIES, corpus, lines, queries

#: Shares of the questions.
FIRST_THREE, APART = 0.95, 0.01
FEWEST = 150
KINDS = {
    "sentence", "story", "keyword", "synonym", "pinyin", "traditional", "number", "date", "phone", "name", "mixed",
    "character", "typo",
}  # fmt: skip


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as the command takes it."""
    path = tmp_path_factory.mktemp("judged") / "corpus.jsonl"
    path.write_text("".join(lines(corpus())), encoding="utf-8")
    return path


@pytest.fixture
def loaded(texts: Path, db: None) -> Iterator[None]:
    connection.set_schema_to_public()
    with evaluation.apart():
        evaluation.load(evaluation.read_corpus(texts))
        yield


def test_every_judgement_names_texts_that_exist() -> None:
    known = Counter(text.id for text in corpus())
    assert [name for name, times in known.items() if times > 1] == []
    assert [(line["query"], name) for line in queries() for name in line["relevant"] if name not in known] == []


def test_enough_different_questions_of_every_kind_are_judged() -> None:
    asked = queries()
    assert [query for query, times in Counter(line["query"] for line in asked).items() if times > 1] == []
    assert [line["query"] for line in asked if not line["relevant"]] == []
    assert len(asked) >= FEWEST
    assert {line["kind"] for line in asked} == KINDS


def test_postgres_answers_among_the_first_three(loaded: None) -> None:
    with evaluation.using("postgres"):
        found = evaluation.measure(evaluation.read_queries(QUERIES))
    assert found.recall_3 >= FIRST_THREE, found.missed


def test_elasticsearch_answers_as_well(cluster: Any, loaded: None) -> None:
    questions = evaluation.read_queries(QUERIES)
    qualities = []
    for name in ("postgres", "elasticsearch"):
        with evaluation.using(name):
            qualities.append(evaluation.measure(questions))
    first, second = qualities
    assert second.recall_3 >= FIRST_THREE, second.missed
    for share in ("recall_1", "recall_3", "recall_10", "mrr"):
        assert getattr(second, share) == pytest.approx(getattr(first, share), abs=APART), share
    assert list(cluster.indices.get(index="*apart*")) == []


def test_the_command_prints_the_shares_and_leaves_nothing(texts: Path, tenant_a: Any, capsys: Any) -> None:
    make_listing(tenant_a, "给独居老人送餐")
    connection.set_schema_to_public()
    call_command("evaluate_search", corpus=texts, queries=QUERIES, missed=True)
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == f"engine postgres  texts {len(list(corpus()))}  questions {len(queries())}"
    assert [line.split()[0] for line in printed[1:3]] == ["recall@1", "p50"]
    assert list(Listing.objects.values_list("title", flat=True)) == ["给独居老人送餐"]


@pytest.mark.parametrize("line", ['{"id": "1"', '{"id": "1", "title": "没有正文"}'])
def test_the_command_says_what_is_wrong_with_a_file(line: str, tmp_path: Path, db: None) -> None:
    connection.set_schema_to_public()
    (tmp_path / "corpus.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("evaluate_search", corpus=tmp_path / "corpus.jsonl", queries=QUERIES)
