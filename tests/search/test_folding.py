"""What several sites have published alike is one row; nothing is lost, nothing is shown twice."""

import datetime as dt
from typing import Any

import pytest

from search import finding, rows
from search.documents import Document
from search.finding import find, find_folded
from search.folding import folded
from search.models import Listing
from search.query import Hit, Sort
from tests.factories.search import question

MORNING = dt.datetime(2026, 11, 1, 1, tzinfo=dt.UTC)


def hit(tenant_id: int, title: str = "办法", **facts: Any) -> Hit:
    return Hit(Listing(tenant_id=tenant_id, kind="policy", title=title, **facts))


def told(hits: list[Hit]) -> list[tuple[int, str, list[int]]]:
    return [(each.row.tenant_id, each.row.title, [copy.tenant_id for copy in each.copies]) for each in hits]


def test_twenty_one_copies_are_one_row_where_the_best_stands() -> None:
    hits = [hit(99, "别的"), *(hit(number) for number in range(21)), hit(98, "再一个")]
    assert told(folded(hits)) == [(99, "别的", []), (0, "办法", list(range(1, 21))), (98, "再一个", [])]


def test_copies_need_not_stand_beside_each_other() -> None:
    assert told(folded([hit(1), hit(2, "别的"), hit(3)])) == [(1, "办法", [3]), (2, "别的", [])]


@pytest.mark.parametrize(
    "other",
    [{"kind": "story"}, {"part": "2"}, {"title": "办法2"}, {"summary": "x"}, {"body": "x"}, {"status": "full"},
     {"starts_at": MORNING}],
)  # fmt: skip
def test_what_differs_in_anything_a_reader_sees_stays_apart(other: dict[str, Any]) -> None:
    facts = {"kind": "policy", "title": "办法", **other}
    assert len(folded([hit(1), Hit(Listing(tenant_id=2, **facts))])) == 2


def test_one_site_that_says_it_twice_has_two_rows() -> None:
    assert told(folded([hit(1), hit(1), hit(2)])) == [(1, "办法", [2]), (1, "办法", [])]


@pytest.mark.parametrize("compared", [1, 4, 10, 100])
@pytest.mark.parametrize("asked", [{"text": "办法"}, {"sort": Sort.NEWEST}])
def test_through_all_pages_everything_is_shown_once(
    compared: int, asked: dict[str, Any], tenant_a: Any, tenant_b: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FOLDED", compared)
    for number in range(8):
        for tenant in (tenant_a, tenant_b)[: 1 + (number % 3 > 0)]:
            document = Document(url=f"/{number}/", title=f"办法{number}")
            rows.put(tenant.pk, "policy", [(str(number), document)])
    seen: list[int] = []
    numbers = set()
    for offset in range(0, 15, 3):
        results = find_folded(question(limit=3, offset=offset, **asked))
        numbers.add((results.total, results.rows))
        seen += [row.pk for each in results.hits for row in (each.row, *each.copies)]
        assert len(results.hits) == min(3, max(0, results.rows - offset))
    everything = find(question(limit=100, **asked))
    assert sorted(seen) == sorted(each.row.pk for each in everything.hits)
    ((total, number_of_rows),) = numbers
    assert (total, number_of_rows <= 13, number_of_rows == 8) == (13, True, compared == 100)
