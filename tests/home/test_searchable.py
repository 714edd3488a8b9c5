"""What search knows of pages: documents and their parts, articles, ordinary pages, and the tree that holds them."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils.html import strip_tags
from wagtail.models import Page

from portal.core.models import SiteIdentity
from portal.home.domain import publish_governing_policy
from portal.home.models import (
    ArticleIndexPage,
    ArticlePage,
    BrandPage,
    ContactPage,
    HomePage,
    PolicyIndexPage,
    PolicyPage,
    StandardPage,
)
from search import drift
from tests.search.listed import listed, only, titles

BODY = [
    ("addressee", "各区民政局："),
    ("text", "<p>为了老人。</p><h2>一、总体要求。</h2><p>就近就便。</p><h3>（一）目标</h3><p>年年组织。</p>"),
    ("signature", "示例民政局\n2023年12月6日"),
    ("title", "示例实施意见"),
    ("text", "<h3>（二）范围</h3><p>全市。</p><h2>二、保障</h2>"),
]


def policy(**over: Any) -> PolicyPage:
    values = {
        "title": "关于深化助老志愿服务的实施意见", "slug": "opinion", "document_number": "津民发〔2023〕30号",
        "publisher": "市民政局", "issued_on": date(2023, 12, 6), "body": BODY, **over,
    }  # fmt: skip
    return PolicyIndexPage.objects.get().add_child(instance=PolicyPage(**values))


def page(parent: Any, slug: str, **over: Any) -> StandardPage:
    values = {"title": slug, "slug": slug, "body": [("text", f"<p>{slug}的正文</p>")], **over}
    return parent.add_child(instance=StandardPage(**values))


def urls() -> list[str]:
    return sorted(listing.url for listing in listed("page") if "联系" not in listing.title and not listing.brand)


def test_a_document_is_listed_whole_and_in_parts_under_its_headings(tenant_a: Any, client_for: Any) -> None:
    policy()
    whole, *parts = listed("policy")
    assert (whole.url, whole.number, whole.organiser) == ("/policies/opinion/", "津民发〔2023〕30号", "市民政局")
    assert (whole.published_on, whole.status) == (date(2023, 12, 6), "in_force")
    assert whole.body.startswith("各区民政局：\n为了老人。\n一、总体要求。\n就近就便。")
    assert [(part.part, part.url, part.title, part.body) for part in parts] == [
        ("s1", "/policies/opinion/#s1", "一、总体要求", "就近就便。"),
        ("s2", "/policies/opinion/#s2", "（一）目标", "年年组织。"),
        ("s3", "/policies/opinion/#s3", "（二）范围", "全市。"),
        ("s4", "/policies/opinion/#s4", "二、保障", ""),
    ]
    assert [part.shown["facts"] for part in parts] == [[], ["一、总体要求"], ["一、总体要求"], []]
    assert {part.shown["of"] for part in parts} == {whole.title}
    assert {part.number for part in parts} == {"津民发〔2023〕30号"}
    shown = client_for(tenant_a).get("/policies/opinion/").text
    for part in parts:
        assert re.search(rf'id="{part.part}"[^>]*>{part.title}', shown), part.part


def test_every_heading_of_the_governing_document_leads_to_its_place(tenant_a: Any, client_for: Any) -> None:
    made = publish_governing_policy(division_code="120101")
    assert made is not None
    shown = client_for(tenant_a).get(made.address).text
    anchors = dict(re.findall(r'<h[23] id="(s\d+)">(.*?)</h', shown))
    parts = {part.part: part.title for part in listed("policy") if part.part}
    assert parts == {anchor: strip_tags(text).rstrip("。") for anchor, text in anchors.items()}
    assert len(parts) > 10


def test_a_part_that_is_taken_out_is_gone(tenant_a: Any) -> None:
    made = policy()
    made.body = [("text", "<h2>一、总体要求</h2><p>就近就便。</p>")]
    made.save_revision().publish()
    assert [part.part for part in listed("policy")] == ["", "s1"]


def test_a_publicity_says_until_when(tenant_a: Any) -> None:
    ArticleIndexPage.objects.get().add_child(
        instance=ArticlePage(
            title="名单公示", slug="names", kind="publicity", date=date(2026, 10, 1), until=date(2026, 10, 7),
            body=[("text", "<p>第一段</p><p>第二段</p>")],
        )
    )  # fmt: skip
    listing = only("article")
    assert (listing.url, listing.published_on) == ("/news/names/", date(2026, 10, 1))
    assert listing.shown == {"beside": ["公示", "2026年10月1日"], "facts": ["公示至2026年10月7日"]}
    assert "第一段" in listing.body
    assert "第二段" in listing.body


def test_the_contact_page_is_found_by_the_sites_telephone_and_follows_it(tenant_a: Any) -> None:
    identity = SiteIdentity.objects.get()
    identity.phone = "022-55550100"
    identity.save()
    (listing,) = [row for row in listed("page") if row.source == str(ContactPage.objects.get().pk)]
    assert listing.shown["facts"][0] == "022-55550100"
    assert "'+02255550100'" in listing.vector


def test_a_brands_page_says_what_the_brand_says(tenant_a: Any) -> None:
    brand_page = BrandPage.objects.filter(live=True).select_related("brand")[0]
    brand_page.brand.description = "敲门问一声。"
    brand_page.brand.save()
    (listing,) = [row for row in listed("page") if row.source == str(brand_page.pk)]
    assert (listing.brand, "敲门问一声。" in listing.body) == (brand_page.brand.name, True)


def test_another_slug_leads_all_below_to_their_new_addresses(tenant_a: Any) -> None:
    top = page(HomePage.objects.get(), "guide")
    page(page(top, "first"), "second")
    top = StandardPage.objects.get(pk=top.pk)
    top.slug = "handbook"
    top.save()
    assert urls() == ["/handbook/", "/handbook/first/", "/handbook/first/second/"]


@pytest.mark.parametrize("plain", [False, True], ids=["a page of its type", "a plain page"])
def test_a_moved_page_takes_all_below_along(tenant_a: Any, plain: bool) -> None:
    home = HomePage.objects.get()
    target, top = page(home, "target"), page(home, "guide")
    page(top, "first")
    moved = Page.objects.get(pk=top.pk) if plain else StandardPage.objects.get(pk=top.pk)
    moved.move(Page.objects.get(pk=target.pk), pos="last-child")
    assert urls() == ["/target/", "/target/guide/", "/target/guide/first/"]


def test_unpublishing_a_page_with_all_below_takes_them_all_away(tenant_a: Any, client_for: Any) -> None:
    top = page(HomePage.objects.get(), "guide")
    page(top, "first")
    answer = client_for(tenant_a, "reviewer").post(f"/cms/pages/{top.pk}/unpublish/", {"include_descendants": "on"})
    assert (answer.status_code, urls()) == (302, [])


def test_a_deleted_page_takes_all_below_along(tenant_a: Any) -> None:
    top = page(HomePage.objects.get(), "guide")
    page(page(top, "first"), "second")
    Page.objects.get(pk=top.pk).delete()
    assert urls() == []


def test_index_pages_and_the_front_page_are_not_listed(tenant_a: Any) -> None:
    drift.write_all()
    assert titles("article") + titles("policy") == []
    assert "首页" not in titles("page")
