"""Measures an engine on questions whose answers are known, on listings of its own that nobody else sees."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.db import connection
from django.utils import timezone

from search import frequencies, rows
from search.documents import Document
from search.elastic.engine import ElasticEngine
from search.elastic.rebuild import apart as apart_index
from search.engines import only
from search.finding import find
from search.query import ListingQuery

#: No site has this number.
NOBODY = -1
KIND = "text"
_TABLES = ("search_listing", "search_scope", "search_frequency", "search_change")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the ids of the texts that answer it."""

    query: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of 1; times in milliseconds. `missed` are questions without an answer among the first ten."""

    questions: int
    recall_1: float
    recall_3: float
    recall_10: float
    mrr: float
    p50: float
    p95: float
    missed: Sequence[str]


def read_corpus(path: Path) -> Iterator[tuple[str, Document]]:
    """Lines `{"id", "title", "text"}`."""
    for line in _lines(path):
        yield str(line["id"]), Document(url="/", title=str(line.get("title", ""))[:250], body=str(line["text"]))


def read_queries(path: Path) -> list[Judged]:
    """Lines `{"query", "relevant": [ids]}`."""
    return [Judged(str(line["query"]), frozenset(map(str, line["relevant"]))) for line in _lines(path)]


@contextmanager
def apart() -> Iterator[None]:
    """Tables that only this connection sees stand before the real ones; they go with it, however it ends."""
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING ALL)")
    frequencies.forget()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(f"DROP TABLE pg_temp.{table}")
        frequencies.forget()


def load(corpus: Iterable[tuple[str, Document]]) -> int:
    """Write the corpus as listings of nobody and count its terms; how many there are."""
    number = 0
    for batch in _batches(corpus, 500):
        rows.put(NOBODY, KIND, batch)
        number += len(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_listing")
    frequencies.count(NOBODY, now=timezone.now())
    return number


@contextmanager
def using(engine: str) -> Iterator[None]:
    """Within, this engine alone answers, from what `load` has written."""
    with only(engine), apart_index() if engine == ElasticEngine.name else nullcontext():
        yield


def measure(questions: Sequence[Judged]) -> Quality:
    """Ask every question and look where its answers stand."""
    places, times, missed = [], [], []
    for question in questions:
        began = time.perf_counter()
        found = find(ListingQuery(now=timezone.now(), text=question.query, tenants=(NOBODY,), limit=10))
        times.append((time.perf_counter() - began) * 1000)
        sources = [hit.row.source for hit in found.hits]
        place = next((at for at, source in enumerate(sources, 1) if source in question.relevant), 0)
        places.append(place)
        if not place:
            missed.append(question.query)
    return Quality(
        questions=len(places),
        recall_1=_share(places, 1),
        recall_3=_share(places, 3),
        recall_10=_share(places, 10),
        mrr=sum(1 / place for place in places if place) / max(len(places), 1),
        p50=median(times or [0.0]),
        p95=quantiles(times, n=20)[-1] if len(times) > 1 else median(times or [0.0]),
        missed=missed,
    )


def _share(places: Sequence[int], within: int) -> float:
    return sum(0 < place <= within for place in places) / max(len(places), 1)


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise ValueError(f"{path}, line {number}: {error}") from error
