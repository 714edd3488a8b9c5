"""Whatever is asked, both engines find the same, count the same and order the same."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.db import connection

from search import frequencies
from search.engines import Engine, only
from search.facets import FACETS, known_values
from search.finding import find_folded
from search.keys import Matched, matching
from search.lexicon import default_synonyms
from search.plan import asked_units, plans, terms_of
from search.query import Found, ListingQuery, Near, Sort
from tests.search.bad_input import BAD
from tests.search.corpus import NOW, fill

HERE = Near(division_code="120101001001", neighbours=("120101002",), latitude=39.15, longitude=117.25)
ASKED: dict[str, dict[str, Any]] = {
    "everything": {},
    "one word": {"text": "独居"},
    "two words": {"text": "独居老人 读报"},
    "a sentence": {"text": "社区里有没有陪独居老人读报或者教智能手机的志愿活动"},
    "one character": {"text": "书"},
    "pinyin": {"text": "dujulaoren"},
    "initials": {"text": "zyz"},
    "a synonym": {"text": "独自居住"},
    "traditional": {"text": "獨居老人"},
    "mixed": {"text": "A4 志愿者"},
    "a number": {"text": "2026000007"},
    "an organisation": {"text": "耆乐社会工作服务中心"},
    "nothing like it": {"text": "航天飞机"},
    "a word and nothing like it": {"text": "航天飞机 读报"},
    "one kind": {"chosen": {"kind": ("project",)}},
    "two kinds": {"chosen": {"kind": ("project", "story")}},
    "kind and brand": {"chosen": {"kind": ("project",), "brand": ("寸草心",)}},
    "three facets": {"chosen": {"service": ("care", "repair"), "recipient": ("alone",), "who": ("family",)}},
    "a place": {"chosen": {"place": ("1201",)}},
    "two places": {"chosen": {"place": ("120102", "450103")}},
    "a status": {"chosen": {"status": ("recruiting",)}},
    "coming": {"chosen": {"coming": ("week",)}},
    "coming in either": {"chosen": {"coming": ("week", "month")}},
    "published": {"chosen": {"published": ("month",)}},
    "a value that is none": {"chosen": {"brand": ("没有",), "kind": ("story",)}},
    "words and facets": {"text": "老人", "chosen": {"kind": ("project", "policy"), "coming": ("month",)}},
    "between days": {"since": dt.date(2026, 11, 1), "until": dt.date(2026, 12, 24)},
    "soonest": {"sort": Sort.SOONEST},
    "soonest of a word": {"sort": Sort.SOONEST, "text": "理发"},
    "newest": {"sort": Sort.NEWEST, "text": "社区"},
    "nearest": {"sort": Sort.NEAREST, "near": HERE},
    "nearest without a position": {"sort": Sort.NEAREST, "near": Near(division_code="120101001001")},
    "nearest of nowhere": {"sort": Sort.NEAREST},
    "near a district": {"text": "社区", "near": Near(division_code="120101")},
    "best near here": {"text": "养老服务", "near": HERE},
    "a later page": {"text": "老人", "offset": 10, "limit": 10},
    "far too deep": {"text": "老人", "offset": 10_000},
    "without facets": {"text": "老人", "with_facets": False, "chosen": {"kind": ("story",)}},
    "no site": {"tenants": ()},
}


@pytest.fixture
def engines(index: Any, tenant_a: Any, tenant_b: Any) -> Iterator[tuple[Engine, Engine]]:
    """PostgreSQL and Elasticsearch, holding the same."""
    from search.elastic.engine import ElasticEngine
    from search.postgres.engine import PostgresEngine

    fill([tenant_a, tenant_b])
    for tenant_id in (frequencies.EVERYWHERE, tenant_a.pk):
        frequencies.count(tenant_id, now=NOW)
    feed_all(index)
    connection.set_schema_to_public()
    yield PostgresEngine(), ElasticEngine()
    frequencies.forget()


def test_hits_totals_and_facets_are_the_same(engines: tuple[Engine, Engine], tenant_a: Any) -> None:
    wrong = []
    for (name, asked), site in product(ASKED.items(), (None, (tenant_a.pk,))):
        query = ListingQuery(**{"now": NOW, "tenants": site, "limit": 200, **asked})
        first, second = (found(engine, query) for engine in engines)
        if said(first, query) != said(second, query):
            wrong.append((name, said(first, query), said(second, query)))
    assert [name for name, *_ in wrong] == [], wrong


def test_every_condition_finds_something_and_misses_something(engines: tuple[Engine, Engine]) -> None:
    """Two empty answers agree about everything."""
    totals = {name: found(engines[0], ListingQuery(**{"now": NOW, **asked})).total for name, asked in ASKED.items()}
    assert [name for name, total in totals.items() if not total] == [
        "nothing like it",
        "a value that is none",
        "no site",
    ]
    whole = totals["everything"]
    narrow = {name for name, asked in ASKED.items() if asked.get("text") or asked.get("chosen")}
    assert [name for name in narrow if totals[name] >= whole] == []


def test_best_hits_have_the_same_scores(engines: tuple[Engine, Engine]) -> None:
    for name in ("two words", "a sentence", "best near here", "pinyin", "words and facets"):
        query = ListingQuery(**{"now": NOW, "limit": 20, **ASKED[name]})
        scores = [{hit.row.pk: hit.score for hit in found(engine, query).hits} for engine in engines]
        both = scores[0].keys() & scores[1].keys()
        assert len(both) >= 0.9 * len(scores[0]), name
        assert {key: scores[1][key] for key in both} == pytest.approx({key: scores[0][key] for key in both}, rel=0.05)


def test_both_explain_a_rank_by_the_same_parts(engines: tuple[Engine, Engine]) -> None:
    query = ListingQuery(now=NOW, text="独居老人", near=HERE, explain=True, limit=30)
    first, second = (
        {hit.row.pk: {reason.what: reason.points for reason in hit.reasons} for hit in found(engine, query).hits}
        for engine in engines
    )
    assert len(first) == 30
    for key in first.keys() & second.keys():
        assert second[key] == pytest.approx(first[key], rel=0.05)


def test_what_both_sites_say_is_one_row_on_the_platform(
    engines: tuple[Engine, Engine], index: Any, tenant_a: Any, tenant_b: Any, put: Any
) -> None:
    for tenant in (tenant_a, tenant_b):
        for number in range(30):
            put(tenant, f"copy{number}", kind="policy", title=f"独居老人探访办法{number}", published_on=NOW.date())
    feed_all(index)
    asks: list[dict[str, Any]] = [{"text": "探访办法"}, {"chosen": {"kind": ("policy",)}}, {"sort": Sort.NEWEST}]
    for asked in asks:
        first, second = (paged(engine, asked) for engine in engines)
        assert second == first, asked
        assert {1} <= {copies for _title, copies in first[0]} <= {0, 1}


def test_lists_are_narrowed_to_the_same_things_in_the_same_order(engines: tuple[Engine, Engine], tenant_a: Any) -> None:
    found = []
    for text in sorted({asked["text"] for asked in ASKED.values() if "text" in asked}):
        both = []
        for engine in engines:
            with only(engine.name):
                both.append(
                    matching("project", text, tenant_id=tenant_a.pk, now=NOW, synonyms=default_synonyms())
                    or Matched([])
                )
        assert both[1] == both[0], text
        found.append(both[0])
    assert {(bool(matched.sources), matched.is_loose) for matched in found} == {
        (False, False), (True, False), (True, True),
    }  # fmt: skip
    assert len({tuple(matched.sources) for matched in found}) > 8


def test_suggestions_are_the_same(engines: tuple[Engine, Engine], tenant_a: Any) -> None:
    typed = ["陪", "独居", "dj", "duju", "和平", "qile", "A", "没有", "。", "shuf"]
    numbers = set()
    for letters, site in product(typed, (None, tenant_a.pk)):
        first, second = (engine.suggest(letters, tenant_id=site, now=NOW) for engine in engines)
        assert second == first, letters
        numbers.add(len(first))
    assert {0, 8} <= numbers


def feed_all(index: Any) -> None:
    from search.elastic import feed
    from search.elastic.client import alias

    while feed.turn():
        index.indices.refresh(index=alias())


def found(engine: Engine, query: ListingQuery) -> Found:
    """As `search.finding` asks."""
    asked = asked_units(query.text, query.synonyms)
    known = frequencies.frequencies(query.tenants, terms_of(query.text, asked))
    if not asked:
        return engine.find(query, None, known)
    for plan in plans(query.text, asked, known):
        answer = engine.find(query, plan, known)
        if answer.total >= plan.enough:
            break
    return answer


def paged(engine: Engine, asked: dict[str, Any]) -> tuple[list[tuple[str, int]], set[tuple[int, int]]]:
    """The rows of all pages of the platform, each with the number of its copies; the totals that they tell."""
    rows, totals = [], set()
    with only(engine.name):
        for offset in range(0, 300, 50):
            results = find_folded(ListingQuery(**{"now": NOW, "limit": 50, "offset": offset, **asked}))
            rows += [(hit.row.title, len(hit.copies)) for hit in results.hits]
            totals.add((results.total, results.rows))
    return sorted(rows), totals


def listed(engine: Engine, text: str, tenant_id: int) -> Matched:
    """As a list of projects asks."""
    with only(engine.name):
        return matching("project", text, tenant_id=tenant_id, now=NOW, synonyms=default_synonyms()) or Matched([])


def said(answer: Found, query: ListingQuery) -> dict[str, Any]:
    """What must be equal. By relevance scores differ in the last places: there the set counts, not the order."""
    keys = [hit.row.pk for hit in answer.hits]
    by_words = bool(query.text) and query.sort is Sort.RELEVANCE
    paged = query.offset or query.limit < answer.total
    return {
        "hits": (len(keys) if paged else sorted(keys)) if by_words else keys,
        "total": answer.total,
        "facets": {name: dict(values) for name, values in answer.facets.items()},
        "metres": sorted(round(hit.metres) for hit in answer.hits if hit.metres is not None) if not by_words else [],
    }


def test_what_nobody_should_have_typed_finds_the_same(engines: tuple[Engine, Engine], tenant_a: Any) -> None:
    """Each engine is asked for itself: what one refused would be answered by the other."""
    for typed in BAD:
        for site in (None, (tenant_a.pk,)):
            query = ListingQuery(now=NOW, tenants=site, text=typed, limit=200)
            first, second = (found(engine, query) for engine in engines)
            assert said(second, query) == said(first, query), typed
        assert listed(engines[1], typed, tenant_a.pk) == listed(engines[0], typed, tenant_a.pk), typed
        suggested = [engine.suggest(typed, tenant_id=tenant_a.pk, now=NOW) for engine in engines]
        assert suggested[1] == suggested[0], typed


def test_facet_values_that_nothing_has_find_nothing(engines: tuple[Engine, Engine]) -> None:
    for name, facet in FACETS.items():
        for value in ("没有", "'", "a' | b", "*", "\\", "null", "999999999"):
            if not known_values(name, (value,)):
                continue
            query = ListingQuery(now=NOW, text="老人", chosen={name: (value,)})
            first, second = (found(engine, query) for engine in engines)
            assert (first.total, said(second, query)) == (0, said(first, query)), (facet, value)


def test_the_name_of_another_site_finds_nothing_of_it(
    engines: tuple[Engine, Engine], index: Any, tenant_a: Any, tenant_b: Any, put: Any
) -> None:
    put(tenant_b, "own", title="南宁市助餐点", organiser="南宁市民政局")
    feed_all(index)
    for engine in engines:
        here, there = (
            found(engine, ListingQuery(now=NOW, text="南宁市", tenants=(tenant.pk,), limit=200))
            for tenant in (tenant_a, tenant_b)
        )
        assert {hit.row.tenant_id for hit in here.hits} <= {tenant_a.pk}
        assert "南宁市助餐点" in {hit.row.title for hit in there.hits}
        assert "南宁市助餐点" not in {each.text for each in engine.suggest("南宁", tenant_id=tenant_a.pk, now=NOW)}


def test_a_page_beyond_the_last_is_empty(engines: tuple[Engine, Engine]) -> None:
    query = ListingQuery(now=NOW, text="老人", offset=9_990)
    answers = [found(engine, query) for engine in engines]
    assert [(len(answer.hits), answer.total) for answer in answers] == [(0, answers[0].total)] * 2
    assert found(engines[1], replace(query, offset=10**9)).hits == []
