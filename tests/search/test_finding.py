"""What a question finds, in whichever engine: the conformance suite."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from search.finding import find, suggest
from search.query import Near, Sort
from tests.factories.search import make_listing, question

Ask = Callable[..., list[str]]


@pytest.fixture
def ask(tenant_a: Any) -> Ask:
    """The sources found at tenant A, in order."""

    def asked(text: str = "", **conditions: Any) -> list[str]:
        found = find(question(text, tenants=[tenant_a], **conditions))
        return [hit.row.source for hit in found.hits]

    return asked


def test_every_word_of_a_short_question_must_be_there(tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "给独居老人送餐")
    make_listing(tenant_a, "陪独居老人聊天")
    make_listing(tenant_a, "公共交通出行培训", body="手把手教坐公交、查线路。")
    assert ask("独居 送餐") == ["给独居老人送餐"]
    assert ask("交通") == ["公共交通出行培训"]
    assert ask("线路") == ["公共交通出行培训"]


def test_words_written_as_one_are_asked_for_apart_when_few_texts_hold_them_all(tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "和平区民政局", body="周一到周五 022-5555 0200")
    make_listing(tenant_a, "打电话也能报名", body="民政局说的。")
    assert ask("和平区民政局的电话是多少")[0] == "和平区民政局"
    assert ask("养老院民政局结对") == ["和平区民政局", "打电话也能报名"]
    # With spaces between them all are meant.
    make_listing(tenant_a, "结对签约", body="民政局。")
    assert ask("民政局 结对") == ["结对签约"]


def test_a_word_in_the_title_stands_before_the_same_word_in_the_text(tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "社区服务日", body="其中有一场义诊。", source="text")
    make_listing(tenant_a, "社区义诊日", body="请带医保卡。", source="title")
    assert ask("义诊") == ["title", "text"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("獨居老人", "给独居老人送餐"),  # traditional
        ("ＡＰＰ", "学用APP挂号"),  # full width
        ("yinling", "八桂银龄守护"),
        ("yl", "八桂银龄守护"),
        ("志愿者证", "怎么开志愿服务证明"),  # synonyms
        ("一个人住", "给独居老人送餐"),
        ("养老服务综合体", "街道综合体开放日"),
        ("棋", "周末象棋会"),  # one character
        ("CPR", "学会心肺复苏"),  # a synonym in Latin
        ("Yin Ling", "八桂银龄守护"),  # syllable by syllable
        ("18-35岁", "给18至35岁的青年"),  # figures with another sign between them
        ("八桂银铃守护", "八桂银龄守护"),  # a wrong character
        ("带际共居", "代际共居开放日"),  # the same in a word of its own
        ("yinglingshouhu", "八桂银龄守护"),  # a wrong syllable
    ],
)
def test_what_is_written_in_another_way_is_found(typed: str, title: str, tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, title)
    make_listing(tenant_a, "合唱排练")
    assert ask(typed) == [title]


@pytest.mark.parametrize(
    "typed", ["津民发〔2023〕30号", "津民发[2023]30号", "津民发(2023)30号", "津民发2023年30号", "民发〔2023〕30号"]
)
def test_a_document_number_is_found_however_its_brackets_are_typed(typed: str, tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "实施意见", number="津民发〔2023〕30号", source="right")
    make_listing(tenant_a, "另一文件", number="津民发〔2023〕31号")
    assert ask(typed) == ["right"]


@pytest.mark.parametrize("typed", ["022-55550231", "02255550231", "5555 0231"])
def test_a_desk_is_found_by_its_number(typed: str, tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "示例街道综合体", body="电话 022-5555 0231，工作日接听。")
    make_listing(tenant_a, "另一个街道", body="电话 022-5555 0232。")
    assert ask(typed) == ["示例街道综合体"]


def test_a_date_is_found_in_every_way_of_writing_it(tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "印发通知", body="于2023年12月6日印发。")
    make_listing(tenant_a, "另一通知", body="于2023年12月7日印发。")
    assert [ask(typed) for typed in ("2023-12-06", "2023年12月6日", "12月6日", "2023.12.6")] == [["印发通知"]] * 4


def test_a_sentence_finds_what_holds_most_of_it(tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "助浴服务", body="为失能老人上门助浴，两人一组。")
    make_listing(tenant_a, "理发服务", body="为老人理发。")
    assert ask("哪里可以找人上门给失能的老人洗澡或者助浴啊")[0] == "助浴服务"


def test_nothing_of_another_site_is_found(tenant_a: Any, tenant_b: Any, ask: Ask) -> None:
    make_listing(tenant_b, "南宁的送餐")
    assert (ask("送餐"), ask("南宁"), ask()) == ([], [], [])


def test_the_platform_finds_all_sites_and_counts_them(tenant_a: Any, tenant_b: Any) -> None:
    make_listing(tenant_a, "和平的送餐", division_code="120101001")
    make_listing(tenant_b, "南宁的送餐", division_code="450100")
    found = find(question("送餐"))
    assert sorted(hit.row.source for hit in found.hits) == ["南宁的送餐", "和平的送餐"]
    assert found.facets["site"] == {str(tenant_a.pk): 1, str(tenant_b.pk): 1}
    inside = find(question("送餐", chosen={"place": ("45",)}))
    assert [hit.row.source for hit in inside.hits] == ["南宁的送餐"]


def test_several_values_of_a_facet_widen_and_other_facets_narrow(tenant_a: Any) -> None:
    make_listing(tenant_a, "一", services=["home_visit"], status="recruiting", brand="寸草心")
    make_listing(tenant_a, "二", services=["phone_call", "home_visit"], status="full", brand="手足情")
    make_listing(tenant_a, "三", services=["phone_call"], status="full", brand="寸草心")

    def asked(**chosen: Sequence[str]) -> Any:
        return find(question(tenants=[tenant_a], chosen={name: tuple(values) for name, values in chosen.items()}))

    assert asked(service=["home_visit"]).total == 2
    assert asked(service=["home_visit", "phone_call"]).total == 3
    narrowed = asked(service=["home_visit"], brand=["寸草心"])
    assert narrowed.total == 1
    # What is chosen still shows its alternatives, under everything else that is chosen.
    assert narrowed.facets["service"] == {"home_visit": 1, "phone_call": 1}
    assert narrowed.facets["brand"] == {"寸草心": 1, "手足情": 1}
    assert narrowed.facets["status"] == {"recruiting": 1}


def test_dates_bound_the_occasion(tenant_a: Any, ask: Ask) -> None:
    now = timezone.now()
    make_listing(tenant_a, "明天", starts_at=now + timedelta(days=1))
    make_listing(tenant_a, "下月", starts_at=now + timedelta(days=20))
    make_listing(tenant_a, "去年的", published_on=(now - timedelta(days=400)).date())
    assert ask(chosen={"coming": ("week",)}) == ["明天"]
    assert ask(chosen={"coming": ("month",)}, sort=Sort.SOONEST) == ["明天", "下月"]
    assert ask(since=(now + timedelta(days=10)).date()) == ["下月"]


def test_a_day_begins_at_the_sites_midnight(tenant_a: Any) -> None:
    make_listing(tenant_a, "一月之内", published_on=date(2026, 10, 30))
    make_listing(tenant_a, "一月之前", published_on=date(2026, 10, 29))
    asked = question(tenants=[tenant_a], chosen={"published": ("month",)})
    at_one = replace(asked, now=datetime(2026, 11, 29, 17, 0, tzinfo=UTC))
    assert at_one.today == date(2026, 11, 30)
    found = find(at_one)
    assert [hit.row.source for hit in found.hits] == ["一月之内"]
    assert found.facets["published"]["month"] == 1


def test_what_is_not_visible_any_more_is_not_found(tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "过期的", visible_until=timezone.now() - timedelta(seconds=1))
    make_listing(tenant_a, "还在的", visible_until=timezone.now() + timedelta(hours=1))
    assert ask() == ["还在的"]


def test_orders(tenant_a: Any, ask: Ask) -> None:
    now = timezone.now()
    make_listing(tenant_a, "后天", starts_at=now + timedelta(days=2), published_on=now.date())
    make_listing(tenant_a, "明天", starts_at=now + timedelta(days=1), published_on=(now - timedelta(days=9)).date())
    make_listing(tenant_a, "没有日子", published_on=(now - timedelta(days=2)).date())
    assert ask(sort=Sort.SOONEST) == ["明天", "后天", "没有日子"]
    assert ask(sort=Sort.NEWEST) == ["后天", "没有日子", "明天"]


def test_near_me_goes_by_the_tree_and_then_by_metres(tenant_a: Any, ask: Ask) -> None:
    for source, code, position in (
        ("同一社区", "120101001001", (None, None)),
        ("同一街道", "120101001002", (None, None)),
        ("相邻街道", "120101002001", (None, None)),
        ("同区近", "120101005", (39.10, 117.20)),
        ("同区远", "120101006", (39.30, 117.40)),
        ("同市", "120105001", (None, None)),
    ):
        make_listing(
            tenant_a, source, division_code=code, latitude=position[0], longitude=position[1]
        )  # fmt: skip
    near = Near(division_code="120101001001", neighbours=["120101002"], latitude=39.11, longitude=117.21)
    expected = ["同一社区", "同一街道", "相邻街道", "同区近", "同区远", "同市"]
    assert ask(sort=Sort.NEAREST, near=near) == expected
    # The same place counts in the order by relevance, too.
    assert ask("同", near=near)[0] == "同一社区"


def test_what_was_sought_is_marked_in_title_and_passage(tenant_a: Any) -> None:
    make_listing(tenant_a, "照护者培训：课堂助教", body="说明。" * 60 + "配合老师带照护者练翻身。" + "其他。" * 60)
    hit = find(question("照护者", tenants=[tenant_a])).hits[0]
    assert list(hit.title) == [("照护者", True), ("培训：课堂助教", False)]
    assert ("照护者", True) in list(hit.snippet)
    assert sum(len(text) for text, _mark in hit.snippet) < 120


def test_an_explained_question_says_what_each_part_added(tenant_a: Any) -> None:
    make_listing(tenant_a, "送餐", status="recruiting", published_on=timezone.localdate())
    hit = find(question("送餐", tenants=[tenant_a], explain=True)).hits[0]
    assert [reason.what for reason in hit.reasons] == ["送餐", "fresh", "open"]
    words, fresh, is_open = (reason.points for reason in hit.reasons)
    assert hit.score == pytest.approx(words * (1 + fresh + is_open), rel=0.2)


@pytest.mark.parametrize("typed", ["银龄", "龄", "yinling", "yinl", "yl", "守护"])
def test_typing_is_completed_by_characters_sounds_and_initials(typed: str, tenant_a: Any, tenant_b: Any) -> None:
    make_listing(tenant_a, "银龄守护进社区")
    make_listing(tenant_a, "合唱排练")
    make_listing(tenant_b, "银龄守护在南宁")
    found = suggest(typed, tenant_id=tenant_a.pk, now=timezone.now())
    assert [each.text for each in found] == (["银龄守护进社区"] if typed != "龄" else [])


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "。，！", "😀😀", "'", "''\"\"", "\\", "a:*", "!", "& | !", "<->", "') OR 1=1 --", "%", "_", "*",
        '{"query":{"match_all":{}}}', "送餐 & !独居", "x" * 10_000, "送" * 10_000, "\x00", "a\x00b", "=t1", "(((((",
        "津民发〔2023〕", "〔2023〕30号", "１２３４５６７８９０１２３４５６７８９０", "null", "的", "\u202e", "\ud83d",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_the_search(typed: str, ask: Ask, tenant_a: Any) -> None:
    make_listing(tenant_a, "送餐")
    assert set(ask(typed)) <= {"送餐"}
    assert len(suggest(typed, tenant_id=tenant_a.pk, now=timezone.now())) <= 1


def test_a_search_asks_two_questions_of_the_database(tenant_a: Any, django_assert_num_queries: Any) -> None:
    make_listing(tenant_a, "送餐")
    find(question("送餐", tenants=[tenant_a]))  # what is remembered of frequencies
    for _ in range(2):
        with django_assert_num_queries(2):
            find(question("送餐", tenants=[tenant_a]))
        make_listing(tenant_a, "又一个送餐")


def test_a_document_number_finds_the_document_and_not_each_of_its_parts(tenant_a: Any, ask: Ask) -> None:
    make_listing(tenant_a, "实施意见", number="津民发〔2023〕30号", source="1")
    make_listing(tenant_a, "一、总体要求", number="津民发〔2023〕30号", source="1", part="s1")
    assert ask("津民发〔2023〕30号") == ["1"]


def test_each_hit_stands_on_one_page_though_few_are_ranked_by_every_word(
    tenant_a: Any, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The best in titles first, then titles with one of the words, then texts: also where ranking ends."""
    monkeypatch.setattr("search.postgres.hits.RANKED", 3)
    for number in range(4):
        make_listing(tenant_a, f"义诊合唱{number}", source=f"both-{number}")
        make_listing(tenant_a, f"合唱{number}", body="义诊", source=f"one-{number}")
        make_listing(tenant_a, f"通知{number}", body="义诊，合唱", source=f"text-{number}")
    pages = [ask("义诊 合唱", offset=offset, limit=2) for offset in range(0, 14, 2)]
    found = [source for page in pages for source in page]
    assert len(found) == len(set(found)) == 12
    assert [source.split("-")[0] for source in found] == ["both"] * 4 + ["one"] * 4 + ["text"] * 4
    assert pages[-1] == []


def test_an_unranked_listing_that_is_new_or_open_stands_before_one_that_is_neither(
    tenant_a: Any, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.postgres.hits.RANKED", 0)
    today = timezone.localdate()
    make_listing(tenant_a, "义诊", source="old", published_on=today - timedelta(days=900))
    make_listing(tenant_a, "义诊", source="undated", published_on=None)
    make_listing(tenant_a, "义诊", source="new", published_on=today)
    make_listing(tenant_a, "义诊", source="open", published_on=today, status="recruiting")
    assert ask("义诊") == ["open", "new", "old", "undated"]


def test_a_value_with_an_equals_sign_in_it_is_counted_as_itself(tenant_a: Any) -> None:
    make_listing(tenant_a, "义诊", source="sign", brand="教育=助老", services=["a=b"])
    make_listing(tenant_a, "义诊", source="plain", brand="教育")
    facets = find(question("义诊", tenants=[tenant_a])).facets
    assert facets["brand"] == {"教育=助老": 1, "教育": 1}
    assert facets["service"] == {"a=b": 1}
