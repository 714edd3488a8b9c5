"""The platform's front page: which places have a site, which have not, and where each is."""

from typing import Any

import pytest
from django.test import Client

from tenants.atlas import atlas
from tenants.domain import archive_tenant, create_tenant, pause_tenant
from tenants.models import Tenant


def _page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_each_site_stands_under_its_province_with_a_link_to_its_own_host(
    platform_client: Client, tenant_a: Any, tenant_b: Any
) -> None:
    page = _page(platform_client)
    assert 'href="http://heping.tianjin.localhost:8000/">和平区<span class="cap">6个街镇</span>' in page
    assert 'href="http://nanning.localhost:8000/">南宁市' in page
    assert page.index("天津市") < page.index("广西壮族自治区")
    assert "其余15个县区尚未开通" in page
    assert "其余13个设区市" in page


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_two_sites_and_for_four(
    platform_client: Client, more: int, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        create_tenant(division=f"12010{number + 3}", domain=f"place{number}.localhost")
    platform_client.get("/")
    with django_assert_num_queries(5):  # host, sites, their domains, and the search path twice
        platform_client.get("/")


def test_a_paused_site_is_named_without_a_link_and_an_archived_one_is_not_open(
    platform_client: Client, tenant_a: Any, tenant_b: Any
) -> None:
    pause_tenant(tenant_a, reason="")
    page = _page(platform_client)
    assert "暂停服务" in page
    assert "heping.tianjin.localhost" not in page
    archive_tenant(tenant_a)
    assert [place.name for place in atlas().closed] == ["天津市"]
    assert "天津市还没有站点" in _page(platform_client)


def test_a_fresh_platform_says_so_and_offers_the_first_step(platform_client: Client) -> None:
    Tenant.objects.exclude(schema_name="public").update(state="archived")
    page = _page(platform_client)
    assert "还没有开通的站点" in page
    assert 'href="/operators/"' in page


@pytest.mark.usefixtures("db")
def test_streets_are_counted_once_however_many_levels_have_a_site() -> None:
    before = atlas().streets
    create_tenant(division="120000", domain="tianjin.localhost")
    whole = atlas()
    assert (before, whole.open[0].streets) == (6 + whole.open[1].children[0].streets, 299)
    assert whole.streets == 299 + whole.open[1].children[0].streets


def test_the_platforms_page_is_not_a_tenants(tenant_a: Any, client_for: Any) -> None:
    assert "先找到" not in client_for(tenant_a).get("/").content.decode()


def test_robots_are_told_what_is_closed_on_the_platform(platform_client: Client) -> None:
    response = platform_client.get("/robots.txt")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert response.content.decode().splitlines()[:2] == ["User-agent: *", "Disallow: /operators/"]
