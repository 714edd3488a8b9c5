"""`/search/` on a site and on the platform: what is found, counted, said and offered."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.finding.models import MissedWord
from tests.counting import own_queries
from tests.factories.search import make_listing

ClientFor = Callable[..., Client]
STREET, BESIDE = "120101001", "120101002"


def page(client: Client, address: str = "", **headers: str) -> str:
    response = client.get(f"/search/{address}", headers=headers)
    assert response.status_code == 200
    return unescape(response.content.decode())


def titles(html: str) -> list[str]:
    return [re.sub("<.*?>", "", title) for title in re.findall(r'<h3 class="hit-title">(.*?)</h3>', html)]


def said(html: str) -> str:
    """The live count."""
    return re.sub("<.*?>", "", re.findall(r'role="status">(.*?)</p>', html)[-1])


def options(html: str, name: str) -> dict[str, tuple[str, int, bool]]:
    """The choices of a facet: label, count, whether it is chosen."""
    found = re.findall(
        rf'name="{name}" value="([^"]*)"( checked)?><span>(.*?)</span>(?:<span class="count">(\d+)</span>)?', html
    )
    return {value: (label, int(count or 0), bool(checked)) for value, checked, label, count in found}


def notes(html: str) -> list[str]:
    return re.findall(r'role="note">(.*?)</p>', html)


def test_hits_show_kind_facts_and_what_was_sought(tenant_a: Any, client_for: ClientFor) -> None:
    shown = {"beside": ["甲社区", "甲协会"], "facts": ["10月17日 周六 13:30—16:00", "18岁以上"]}
    make_listing(tenant_a, "照护者<培训>课", summary="练翻身、喂食。", url="/projects/1/", shown=shown)
    html = client_for(tenant_a).get("/search/?q=照护者").content.decode()
    assert (
        '<p class="hit-kind"><span class="tag">项目</span><span>甲社区</span><span>甲协会</span></p>\n'
        '<h3 class="hit-title"><a href="/projects/1/"><mark>照护者</mark>&lt;培训&gt;课</a></h3>\n'
        '<p class="prose">练翻身、喂食。</p>\n'
        '<p class="hit-facts"><span>10月17日 周六 13:30—16:00</span><span>18岁以上</span></p>'
    ) in html
    assert said(html) == "“照护者”找到1条"


def test_without_words_everything_public_is_there_and_nothing_of_another_site(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    make_listing(tenant_a, "和平的送餐")
    make_listing(tenant_b, "南宁的送餐")
    html = page(client_for(tenant_a))
    assert titles(html) == ["和平的送餐"]
    assert titles(page(client_for(tenant_a), f"?q=南宁&site={tenant_b.pk}")) == []
    assert "南宁的送餐" not in html


def test_the_platform_finds_all_sites_and_leads_to_each(tenant_a: Any, tenant_b: Any, platform_client: Client) -> None:
    make_listing(tenant_a, "和平的送餐", division_code="120101001", url="/projects/1/")
    make_listing(tenant_b, "南宁的送餐", division_code="450100", url="/projects/2/")
    html = page(platform_client, "?q=送餐")
    assert 'href="http://heping.tianjin.localhost:8000/projects/1/"' in html
    assert 'href="http://nanning.localhost:8000/projects/2/"' in html
    assert options(html, "site") == {
        str(tenant_a.pk): ("天津市和平区", 1, False),
        str(tenant_b.pk): ("广西壮族自治区南宁市", 1, False),
    }
    assert options(html, "place") == {"12": ("天津市", 1, False), "45": ("广西壮族自治区", 1, False)}
    assert titles(page(platform_client, "?q=送餐&place=450000")) == ["南宁的送餐"]
    assert titles(page(platform_client, f"?q=送餐&site={tenant_a.pk}")) == ["和平的送餐"]


def test_what_several_sites_say_alike_is_one_row_that_names_them(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor, platform_client: Client
) -> None:
    for tenant in (tenant_a, tenant_b):
        make_listing(tenant, "助老办法", kind="policy", source="1", url="/policies/1/", body="第一条。")
    make_listing(tenant_b, "助老办法", kind="policy", source="2", url="/policies/2/", body="第二条。")
    html = page(platform_client, "?q=助老")
    assert (titles(html), said(html)) == (["助老办法", "助老办法"], "“助老”找到3条，最相关的在前")
    assert html.count("另有1个站点发布了同样的内容") == 1
    copy = '<a href="http://nanning.localhost:8000/policies/1/">广西壮族自治区南宁市</a>'
    assert copy in html
    assert "发布了同样的内容" not in page(client_for(tenant_b), "?q=助老")


def test_what_is_chosen_still_shows_its_alternatives(tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "一", services=["home_visit"], brand="寸草心", status="recruiting")
    make_listing(tenant_a, "二", services=["phone_call"], brand="寸草心", status="recruiting")
    make_listing(tenant_a, "三", services=["phone_call"], brand="手足情", status="full")
    html = page(client_for(tenant_a), "?service=phone_call&brand=寸草心")
    assert titles(html) == ["二"]
    assert options(html, "service") == {"phone_call": ("电话问候", 1, True), "home_visit": ("上门探访", 1, False)}
    assert options(html, "brand") == {"寸草心": ("寸草心", 1, True), "手足情": ("手足情", 1, False)}
    assert options(html, "status") == {"recruiting": ("招募中", 1, False)}
    both = page(client_for(tenant_a), "?service=phone_call&service=home_visit")
    assert len(titles(both)) == 3


def test_every_condition_can_be_dropped(tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "一")
    html = page(client_for(tenant_a), "?q=一&service=home_visit&service=phone_call&since=2026-01-01")
    chosen = re.findall(r'<a href="([^"]*)">([^<]*?) <svg', html.split('class="chosen"')[1].split("</p>")[0])
    assert chosen == [
        ("?q=%E4%B8%80&service=phone_call&since=2026-01-01", "上门探访"),
        ("?q=%E4%B8%80&service=home_visit&since=2026-01-01", "电话问候"),
        ("?q=%E4%B8%80&service=home_visit&service=phone_call", "从哪天起：2026-01-01"),
    ] or chosen == [
        ("?q=%E4%B8%80&service=home_visit&since=2026-01-01", "电话问候"),
        ("?q=%E4%B8%80&service=phone_call&since=2026-01-01", "上门探访"),
        ("?q=%E4%B8%80&service=home_visit&service=phone_call", "从哪天起：2026-01-01"),
    ]


def test_the_line_of_kinds_counts_each_kind(tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "一")
    make_listing(tenant_a, "二")
    html = page(client_for(tenant_a), "?kind=project")
    kinds = re.findall(r'<a href="([^"]*)"( aria-current="true")?>(\S+) <span class="num">(\d+)</span>', html)
    assert kinds == [("?", "", "全部", "2"), ("?kind=project", ' aria-current="true"', "项目", "2")]


def test_the_tree_of_places_leads_down_and_up(tenant_a: Any, client_for: ClientFor) -> None:
    from portal.core.models import Division

    names = dict(Division.objects.filter(code__startswith="120101").values_list("code", "name"))
    streets = sorted(code for code in names if len(code) == 9)[:2]
    community = f"{streets[0]}001"
    Division.objects.update_or_create(
        code=community,
        defaults={"name": "甲社区", "level": "community", "parent": Division.objects.get(code=streets[0])},
    )
    make_listing(tenant_a, "一", division_code=community)
    make_listing(tenant_a, "二", division_code=streets[0])
    make_listing(tenant_a, "三", division_code=streets[1])
    client = client_for(tenant_a)
    top = page(client)
    assert options(top, "place") == {
        streets[0]: (names[streets[0]], 2, False),
        streets[1]: (names[streets[1]], 1, False),
    }
    street = page(client, f"?place={streets[0]}")
    assert options(street, "place")[streets[1]] == (names[streets[1]], 1, False)
    assert f'<a href="?place={community}">甲社区 <span class="cap">1</span></a>' in street
    below = page(client, f"?place={community}")
    assert titles(below) == ["一"]
    assert options(below, "place") == {community: ("甲社区", 1, True)}
    assert f'<a href="?">回到{names["120101"]}</a><a href="?place={streets[0]}">回到{names[streets[0]]}</a>' in below


def test_orders(tenant_a: Any, client_for: ClientFor) -> None:
    now = timezone.now()
    make_listing(tenant_a, "后天", starts_at=now + timedelta(days=2), published_on=now.date())
    make_listing(
        tenant_a, "明天", starts_at=now + timedelta(days=1), published_on=(now - timedelta(days=9)).date()
    )  # fmt: skip
    client = client_for(tenant_a)
    assert titles(page(client, "?sort=soonest")) == ["明天", "后天"]
    newest = page(client, "?sort=newest")
    assert (titles(newest), said(newest)) == (["后天", "明天"], "2条公开的内容，新发布的在前")
    assert "按离我远近" not in newest


def test_pages_and_a_page_that_there_is_not(tenant_a: Any, client_for: ClientFor) -> None:
    for number in range(45):
        make_listing(tenant_a, f"送餐{number}")
    client = client_for(tenant_a)
    second = page(client, "?q=送餐&page=2")
    assert len(titles(second)) == 20
    assert '<ol class="hits" start="21">' in second
    assert 'href="?q=%E9%80%81%E9%A4%90&page=3" rel="next"' in second
    for beyond in ("4", "1000000000"):
        last = page(client, f"?q=送餐&page={beyond}")
        assert len(titles(last)) == 5
        assert notes(last)[0].startswith("没有第")
    assert notes(page(client, "?page=zwei")) == ["页码看不懂，这是第1页。"]


def test_fewer_words_than_were_typed_are_said(tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "给独居老人送餐")
    html = page(client_for(tenant_a), "?q=送餐 象棋")
    assert titles(html) == ["给独居老人送餐"]
    assert notes(html) == ["同时含有“送餐”、“象棋”的太少，下面也有只含有其中一部分的。"]


def test_nothing_found_offers_what_sounds_alike(tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "陪诊服务", url="/projects/9/")
    html = page(client_for(tenant_a), "?q=陪珍")
    assert (titles(html), said(html)) == ([], "“陪珍”找到0条")
    assert "您是不是要找：" in html
    assert '<a href="/projects/9/">陪诊服务</a>' in html


def test_nothing_found_offers_wider_questions_with_what_they_give(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    make_listing(tenant_a, "送餐一", services=["home_visit"], brand="寸草心")
    make_listing(tenant_a, "送餐二", services=["home_visit"], brand="寸草心")
    make_listing(tenant_a, "送餐三", services=["phone_call"], brand="手足情")
    make_listing(tenant_b, "送餐四", services=["phone_call"], brand="寸草心")
    html = page(client_for(tenant_a), "?q=送餐&service=phone_call&brand=寸草心")
    offers = re.findall(r'<li><a href="(\?[^"]*)">(.*?)</a> <span class="cap">(.*?)</span>', html)
    assert offers == [
        ("?q=%E9%80%81%E9%A4%90&brand=%E5%AF%B8%E8%8D%89%E5%BF%83", "不限“做什么”", "2条"),
        ("?q=%E9%80%81%E9%A4%90&service=phone_call", "不限“品牌”", "1条"),
    ]
    assert "各地站点里有1条" in html
    there = re.findall(r'<a href="(http[^"]*)">到各地站点里看', html)
    assert there == [
        "http://localhost:8000/search/?q=%E9%80%81%E9%A4%90&brand=%E5%AF%B8%E8%8D%89%E5%BF%83&service=phone_call"
    ]


def test_nothing_at_all_says_what_to_do(tenant_a: Any, client_for: ClientFor) -> None:
    assert "换一个说法" in page(client_for(tenant_a), "?q=量子力学")


def test_words_that_find_nothing_are_counted_unless_conditions_kept_them_from_it(
    tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    make_listing(tenant_a, "送餐")
    page(platform_client, "?q=量子力学")
    client = client_for(tenant_a)
    for address in ("?q=量子力学", "?q=量子力学", "?q=送餐", "?q=送餐&service=emergency", "?service=emergency"):
        page(client, address)
    assert list(MissedWord.objects.values_list("words", "count")) == [("量子力学", 2)]


def test_what_could_not_be_read_is_said(tenant_a: Any, client_for: ClientFor) -> None:
    html = page(client_for(tenant_a), "?service=no_such&since=gestern&sort=nearest&page=1")
    assert notes(html) == [
        "“做什么”里有看不懂的，没有用上。",
        "日期要写成2026-10-23这样，“从哪天起”没有用上。",
        "要由近到远排，先说您在哪里：选一个社区或街道。",
    ]


def test_search_results_are_not_for_search_engines(tenant_a: Any, client_for: ClientFor) -> None:
    assert '<meta name="robots" content="noindex, follow">' in page(client_for(tenant_a))


def test_htmx_gets_the_part_and_a_browser_the_page(tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "送餐")
    client = client_for(tenant_a)
    part = page(client, "?q=送餐", hx_request="true")
    assert part.startswith("<title>搜索：送餐 · ")
    assert titles(part) == ["送餐"]
    assert '<p hx-swap-oob="innerHTML:#count">“送餐”找到<strong>1</strong>条</p>' in part
    assert "<html" not in part
    back = client.get("/search/", headers={"hx-request": "true", "hx-history-restore-request": "true"})
    assert "<html" in back.content.decode()
    assert "HX-Request" in back["Vary"]


@pytest.mark.parametrize("hits", [1, 3])
def test_a_page_costs_the_same_for_one_hit_and_for_three(hits: int, tenant_a: Any, client_for: ClientFor) -> None:
    for number in range(hits):
        make_listing(tenant_a, f"送餐{number}", division_code=STREET, brand="寸草心", services=["home_visit"])
    client = client_for(tenant_a)
    # what the site has decided, counts, hits, names of places
    assert own_queries(client, "/search/?q=送餐") == 4
    assert own_queries(client, f"/search/?q=送餐&near={STREET}&sort=nearest") == 5


@pytest.mark.parametrize("hits", [1, 3])
def test_the_platform_costs_the_same_for_one_hit_and_for_three(
    hits: int, tenant_a: Any, tenant_b: Any, platform_client: Client
) -> None:
    for number in range(hits):
        make_listing(tenant_a, f"送餐{number}", division_code=STREET)
        make_listing(tenant_b, f"送餐{number}", division_code="450103")
    # counts, hits, sites and their domains, and the search path
    assert own_queries(platform_client, "/search/?q=送餐") == 5
