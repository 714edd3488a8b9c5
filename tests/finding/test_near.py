"""就近就便: where the reader says where he is, and what comes of it. Nothing of it is kept."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from portal.core.models import Division
from tests.factories.search import make_listing
from tests.finding.test_search_page import notes, page, titles

ClientFor = Callable[..., Client]
HOME, BESIDE = "120101001001", "120101002"


@pytest.fixture
def community(tenant_a: Any) -> Division:
    street = Division.objects.get(code="120101001")
    made, _new = Division.objects.update_or_create(
        code=HOME, defaults={"name": "春晖社区", "level": "community", "parent": street}
    )
    street.neighbours.add(Division.objects.get(code=BESIDE))
    return made


@pytest.fixture
def spread(tenant_a: Any, community: Division) -> None:
    for title, code, position in (
        ("同市的", "120105", (None, None)),
        ("同区的", "120101005", (39.13, 117.2)),
        ("相邻的", f"{BESIDE}001", (None, None)),
        ("同街的", "120101001002", (39.111, 117.2)),
        ("社区的", HOME, (None, None)),
    ):
        make_listing(tenant_a, title, division_code=code, latitude=position[0], longitude=position[1])


def near_page(client: Client, address: str = "") -> str:
    response = client.get(f"/search/near/{address}")
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.usefixtures("spread")
def test_results_go_by_the_tree_and_say_how_near_each_is(tenant_a: Any, client_for: ClientFor) -> None:
    Division.objects.get(code=HOME).neighbours.add(Division.objects.get(code=BESIDE))
    html = page(client_for(tenant_a), f"?near={HOME}&sort=nearest&lat=39.11&lon=117.2")
    assert titles(html) == ["社区的", "同街的", "相邻的", "同区的", "同市的"]
    for said in ("同一社区", "同一街道，直线不到200米", "相邻", "同区，直线约2.2公里", "同市"):
        assert f"<span>{said}</span>" in html
    assert "您在<strong>春晖社区</strong>" in html
    assert "按离我远近" in html


@pytest.mark.usefixtures("spread")
def test_a_position_alone_sorts_by_metres(tenant_a: Any, client_for: ClientFor) -> None:
    html = page(client_for(tenant_a), "?lat=39.11&lon=117.2&sort=nearest")
    assert titles(html)[:2] == ["同街的", "同区的"]
    assert "按您这台设备的位置算远近" in html


def test_a_place_that_nobody_knows_is_said(tenant_a: Any, client_for: ClientFor) -> None:
    html = page(client_for(tenant_a), "?near=450103&sort=nearest")
    assert notes(html) == ["没有找到您选的社区或街道，请重新选。"]


def test_a_community_is_chosen_level_by_level(tenant_a: Any, community: Division, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    top = near_page(client, "?q=送餐")
    assert 'href="/search/near/?q=%E9%80%81%E9%A4%90&within=120101001"' in top
    street = near_page(client, "?q=送餐&within=120101001")
    assert f'href="/search/?q=%E9%80%81%E9%A4%90&sort=nearest&near={HOME}">春晖社区' in street
    assert 'href="/search/?q=%E9%80%81%E9%A4%90&sort=nearest&near=120101001">就按' in street


def test_a_community_is_found_by_its_name(tenant_a: Any, community: Division, client_for: ClientFor) -> None:
    found = near_page(client_for(tenant_a), "?at=春晖")
    assert f'href="/search/?sort=nearest&near={HOME}">春晖社区<span class="cap">{community.parent.name}</span>' in found
    assert "没有叫这个名字的地方" in near_page(client_for(tenant_a), "?at=不存在的")


def test_the_platform_offers_the_official_places(tenant_a: Any, platform_client: Client) -> None:
    assert "within=120000" in near_page(platform_client)
    assert "within=120101" in near_page(platform_client, "?within=120000")
    assert "天津市和平区" in near_page(platform_client, "?at=劝业场")
    make_listing(tenant_a, "和平的", division_code="120101001")
    html = page(platform_client, "?near=120101001&sort=nearest")
    assert "您在<strong>天津市和平区" in html
    assert "<span>同一街道</span>" in html


def test_nothing_of_where_a_reader_is_is_kept(tenant_a: Any, community: Division, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    page(client, f"?near={HOME}&lat=39.123456&lon=117.2")
    assert not client.cookies
    # What links carry along is no finer than a hundred metres.
    assert "39.1234" not in page(client, f"?near={HOME}&lat=39.123456&lon=117.2").replace("lat=39.123456", "")
