"""Words that found nothing: what is counted, what never is, who reads the sums."""

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.finding.clock import forget
from portal.finding.domain.missed import note_missed, to_keep
from portal.finding.models import MissedWord, SearchSettings
from tests.cast import ROLES


def counted() -> list[tuple[str, int]]:
    return list(MissedWord.objects.order_by("words").values_list("words", "count"))


def test_the_same_words_of_a_day_are_one_row(tenant_a: Any, django_assert_num_queries: Any) -> None:
    now = timezone.now()
    note_missed("老年大學", now=now)
    with django_assert_num_queries(1):
        note_missed("  老年大学 ", now=now)
    note_missed("ＷＩＦＩ", now=now)
    assert counted() == [("wifi", 1), ("老年大学", 2)]


@pytest.mark.parametrize(
    "typed",
    ["老年大学", "津民发〔2023〕30号", "2023年12月6日", "12月6日", "80岁", "3号楼", "wifi 6", "公交 600路", "x" * 40],
)
def test_what_says_nothing_of_a_person_is_kept(typed: str) -> None:
    assert to_keep(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "022-23119999", "55550231", "120101195808120012",
        "12010119580812001X", "张三13812345678", "张三 1234", "王小明 88", "zhang@example.org", "zhang＠example.org",
        "１３８１２３４５６７８", "", "  ", "。，！", "\U0001f600", "长" * 41,
    ],
)  # fmt: skip
def test_what_may_point_to_a_person_or_says_nothing_is_not(typed: str, tenant_a: Any) -> None:
    assert to_keep(typed) == ""
    assert not note_missed(typed, now=timezone.now())
    assert counted() == []


def test_sites_count_for_themselves_and_the_platform_not_at_all(tenant_a: Any, tenant_b: Any) -> None:
    note_missed("老年大学", now=timezone.now())
    with tenant_context(tenant_b):
        assert counted() == []
    connection.set_schema_to_public()
    assert not note_missed("老年大学", now=timezone.now())


def test_nothing_is_lost_when_several_search_at_once(committed_a: Any) -> None:
    def work() -> None:
        with tenant_context(committed_a):
            for _ in range(20):
                note_missed("老年大学", now=timezone.now())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted() == [("老年大学", 80)]


def test_words_are_forgotten_after_the_days_that_the_site_says(tenant_a: Any) -> None:
    now = datetime(2026, 10, 23, 9, tzinfo=timezone.get_default_timezone())
    for day in (date(2026, 10, 1), date(2026, 8, 1), date(2026, 1, 1)):
        MissedWord.objects.create(day=day, words="词")
    forget(now)
    assert MissedWord.objects.count() == 2
    SearchSettings.objects.create(keep_days=31)
    forget(now)
    assert MissedWord.objects.count() == 1


@pytest.fixture
def words(tenant_a: Any) -> None:
    today = timezone.localdate()
    for words, ago, count in (("老年大学", 1, 3), ("老年大学", 20, 2), ("游泳", 2, 4), ("冬泳", 60, 9)):
        MissedWord.objects.create(day=today - timedelta(days=ago), words=words, count=count)


def test_publicists_read_the_sums_of_thirty_days_most_sought_first(words: None, tenant_a: Any, client_for: Any) -> None:
    answer = client_for(tenant_a, "publicist").get("/cms/reports/missed-words/")
    rows = [(row["words"], row["times"]) for row in answer.context["object_list"]]
    assert rows == [("老年大学", 5), ("游泳", 4)]
    assert "/search/?q=%E6%B8%B8%E6%B3%B3" in answer.content.decode()


@pytest.mark.parametrize(("days", "expected"), [("7", 2), ("180", 3), ("x", 2), ("", 2)])
def test_other_spans(words: None, tenant_a: Any, client_for: Any, days: str, expected: int) -> None:
    answer = client_for(tenant_a, "officer").get("/cms/reports/missed-words/", {"days": days})
    assert len(answer.context["object_list"]) == expected


def test_what_was_sought_once_is_shown_to_nobody(tenant_a: Any, client_for: Any) -> None:
    note_missed("示例老人", now=timezone.now())
    assert "示例老人" not in client_for(tenant_a, "officer").get("/cms/reports/missed-words/").content.decode()


def test_the_sums_leave_as_a_table(words: None, tenant_a: Any, client_for: Any) -> None:
    MissedWord.objects.create(day=timezone.localdate(), words="=1+1", count=9)
    answer = client_for(tenant_a, "publicist").get("/cms/reports/missed-words/", {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[:3] == ["\ufeff搜索词,次数,最近一次", f"'=1+1,9,{timezone.localdate()}",
                         f"老年大学,5,{timezone.localdate() - timedelta(days=1)}"]  # fmt: skip


@pytest.mark.parametrize("role", [*ROLES, "newcomer", ""])
def test_nobody_else_reads_them(words: None, tenant_a: Any, client_for: Any, role: str) -> None:
    answer = client_for(tenant_a, role).get("/cms/reports/missed-words/")
    assert (answer.status_code == 200) == (role in {"officer", "publicist"})


def test_another_sites_publicist_reads_his_own(words: None, tenant_b: Any, client_for: Any) -> None:
    assert list(client_for(tenant_b, "publicist").get("/cms/reports/missed-words/").context["object_list"]) == []
