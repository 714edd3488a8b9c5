"""Documents become pages, whole, in the places that they govern."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.html import strip_tags
from django_tenants.utils import tenant_context

import portal.home
from portal.home.domain import publish_governing_policy, publish_policy
from portal.home.domain.policies import PolicyRefused
from portal.home.enums import PolicyStatus
from portal.home.models import PolicyPage
from tests.cast import person

FOLDER = Path(portal.home.__file__).parent / "data" / "policies"


def bare(text: str) -> str:
    return re.sub(r"\s+", "", html.unescape(strip_tags(text)))


def source(name: str) -> str:
    return bare((FOLDER / name).read_text(encoding="utf-8"))


def prose(page: str) -> str:
    return bare(page.split('<div class="prose">')[1].split('<p class="actions">')[0])


def test_the_tianjin_opinion_stands_whole_on_the_page_of_a_district(tenant_a: Any, client_for: Any) -> None:
    page = publish_governing_policy(division_code=tenant_a.division_code, by=person("officer"))
    assert page is not None
    answer = client_for(tenant_a).get("/policies/jinminfa-2023-30/").content.decode()

    text = source("tianjin-cuncaoxin-shouzuqing.txt")
    assert prose(answer) == text[text.index("各区民政局、文明办") :]
    assert page.title == "关于印发《关于深化我市“寸草心”“手足情”助老志愿服务工作的实施意见》的通知"
    assert page.status == PolicyStatus.IN_FORCE
    for value in ("11120000000125735B/2023-00034", "津民发〔2023〕30号", "天津市民政局", "民政\\养老服务"):
        assert value in answer
    assert answer.count("2023年12月06日") == 2
    assert "市民政局、市文明办、市教委、市财政局、市卫生健康委、团市委、市老龄办、市少工委" in answer


def test_the_guangxi_plan_stands_whole_and_marked_as_a_draft(tenant_b: Any, client_for: Any) -> None:
    with tenant_context(tenant_b):
        publish_governing_policy(division_code=tenant_b.division_code)
    answer = client_for(tenant_b).get("/policies/bagui-yinling-shouhu/").content.decode()

    assert prose(answer) == source("guangxi-bagui-yinling.txt")
    assert "这是征求意见稿，还不是正式文件" in answer
    assert "索引号" not in answer


def test_a_document_of_one_place_is_not_known_in_the_other(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    publish_governing_policy(division_code=tenant_a.division_code)
    with tenant_context(tenant_b):
        publish_governing_policy(division_code=tenant_b.division_code)

    assert client_for(tenant_b).get("/policies/jinminfa-2023-30/").status_code == 404
    assert client_for(tenant_a).get("/policies/bagui-yinling-shouhu/").status_code == 404


def test_headings_lists_and_contents_of_the_page(tenant_a: Any, client_for: Any) -> None:
    publish_governing_policy(division_code="120101")
    answer = client_for(tenant_a).get("/policies/jinminfa-2023-30/").content.decode()

    anchors = re.findall(r'<a href="#(s\d+)">([^<]+)</a>', answer)
    assert len(anchors) == 23
    assert anchors[1] == ("s2", "（一）指导思想")
    assert '<h3 id="s2">（一）指导思想。</h3>' in answer
    assert answer.count("<li>一是") == 2
    assert '<h2 class="doc-title">' in answer


def test_a_place_without_a_governing_document_gets_none(tenant_a: Any) -> None:
    assert publish_governing_policy(division_code="330100") is None
    assert not PolicyPage.objects.exists()


def test_a_script_in_a_document_is_text(tenant_a: Any, client_for: Any) -> None:
    publish_policy("<script>alert(1)</script>必须照办。", slug="bad", title="试")
    answer = client_for(tenant_a).get("/policies/bad/").content.decode()

    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert(1)&lt;/script&gt;必须照办。" in answer


@pytest.mark.parametrize(
    ("text", "title", "field"),
    [
        ("正文。", "", "title"),
        ("名称：关于某事的通知", "", "text"),
        ("名称：关于某事的通知\n成文日期：去年冬天\n正文。", "", "formed_on"),
        ("名称：关于某事的通知\n发文日期：2023年13月01日\n正文。", "", "issued_on"),
    ],
)
def test_what_cannot_become_a_page_is_refused_and_nothing_remains(
    tenant_a: Any, text: str, title: str, field: str
) -> None:
    with pytest.raises(PolicyRefused) as refused:
        publish_policy(text, slug="x", title=title)

    assert refused.value.field == field
    assert not PolicyPage.objects.exists()


def test_a_second_document_under_the_same_address_is_refused(tenant_a: Any) -> None:
    publish_policy("正文。", slug="same", title="一")
    with pytest.raises(PolicyRefused) as refused:
        publish_policy("正文。", slug="same", title="二")

    assert refused.value.field == "slug"
    assert PolicyPage.objects.count() == 1
