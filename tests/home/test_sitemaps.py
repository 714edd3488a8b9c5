"""What search engines are told: the addresses of a site, in files; the sites of the platform."""

import re
from datetime import date
from typing import Any

import pytest

from portal.home import site_map
from tenants.enums import TenantState
from tests.factories.search import make_listing


def locations(client: Any, address: str = "/sitemap.xml") -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", client.get(address).content.decode())


def test_everything_that_search_finds_is_named_once_with_its_last_change(
    tenant_a: Any, tenant_b: Any, client_for: Any
) -> None:
    make_listing(tenant_a, "名录", kind="entry", source="7", url="/directory/7/")
    make_listing(tenant_a, "意见", kind="policy", source="8", url="/policies/x/", published_on=date(2026, 3, 1))
    make_listing(tenant_a, "第一条", kind="policy", source="8", part="a", url="/policies/x/#a")
    make_listing(tenant_b, "别处", source="9", url="/projects/9/")
    client = client_for(tenant_a)
    found = locations(client)
    assert found.count("http://heping.tianjin.localhost/directory/7/") == 1
    assert found.count("http://heping.tianjin.localhost/policies/x/") == 1
    assert not [address for address in found if "#" in address or "/projects/9/" in address]
    assert len(found) == len(set(found))
    assert re.search(
        r"/directory/7/</loc><lastmod>\d{4}-\d\d-\d\d</lastmod>", client.get("/sitemap.xml").content.decode()
    )


def test_a_large_site_has_several_files(tenant_a: Any, client_for: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_for(tenant_a)
    for number in range(30):
        make_listing(tenant_a, f"项目{number}", source=str(number), url=f"/projects/{number}/")
    whole = locations(client)
    monkeypatch.setattr(site_map, "ADDRESSES_MOST", 20)
    files = locations(client)
    assert files == [f"http://heping.tianjin.localhost/sitemap-{n}.xml" for n in range(1, len(files) + 1)]
    assert len(files) > 1
    parts = [locations(client, address.removeprefix("http://heping.tianjin.localhost")) for address in files]
    assert [address for part in parts for address in part] == whole
    assert max(map(len, parts)) == 20
    assert client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_whatever_there_is(
    tenant_a: Any, client_for: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_listing(tenant_a, f"项目{number}", source=str(number), url=f"/projects/{number}/")
    client = client_for(tenant_a)
    client.get("/sitemap.xml")
    with django_assert_num_queries(9):
        client.get("/sitemap.xml")


def test_the_platform_names_the_sitemaps_of_open_sites(
    platform_client: Any, tenant_a: Any, tenant_b: Any, django_assert_num_queries: Any
) -> None:
    assert "Sitemap: http://localhost/sitemap.xml" in platform_client.get("/robots.txt").content.decode()
    assert locations(platform_client) == [
        "http://heping.tianjin.localhost:8000/sitemap.xml",
        "http://nanning.localhost:8000/sitemap.xml",
    ]
    type(tenant_b).objects.filter(pk=tenant_b.pk).update(state=TenantState.PAUSED)
    assert locations(platform_client) == ["http://heping.tianjin.localhost:8000/sitemap.xml"]


def test_robots_leave_the_result_lists_and_the_api_alone(tenant_a: Any, client_for: Any, platform_client: Any) -> None:
    for client in (client_for(tenant_a), platform_client):
        lines = client.get("/robots.txt").content.decode().splitlines()
        assert {"Disallow: /search/", "Disallow: /api/"} <= set(lines)
