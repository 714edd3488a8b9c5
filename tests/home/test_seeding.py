"""The pages, names and colours of a site that has just been made."""

from typing import Any

from django.db import connection
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context
from wagtail.models import Page, Site

from portal.core.models import Brand
from portal.core.queries import identity
from portal.core.seeding import name_site
from portal.home.models import BrandPage
from portal.home.seeding import name_tree
from tenants.domain import create_tenant


def paths() -> list[str]:
    root = Site.objects.get().root_page
    return sorted(page.relative_url(None) or "" for page in root.get_descendants(inclusive=True).live().public())


def test_a_district_of_tianjin_begins_with_its_own_names(tenant_a: Any) -> None:
    site = identity()

    assert (site.site_name, site.tagline, site.plate, site.accent) == (
        "津牌养老",
        "天津市和平区为老志愿服务",
        "和",
        "#8c2730",
    )
    assert list(Brand.objects.filter(is_main=True).values_list("name", flat=True)) == ["寸草心", "手足情"]


def test_a_city_of_guangxi_begins_with_the_other_programme(tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        assert identity().plate == "邕"
        assert [brand.name for brand in Brand.objects.filter(is_active=True)] == [
            "教育+助老",
            "以老助老",
            "代际共居",
            "青春益志·情暖夕阳",
            "八桂银龄守护",
        ]
        assert set(BrandPage.objects.values_list("slug", "title")) == {(b.slug, b.name) for b in Brand.objects.all()}


def test_the_page_tree_carries_the_addresses_of_its_brands(tenant_a: Any) -> None:
    assert {"/", "/policies/", "/news/", "/brands/", "/brands/cuncaoxin/", "/contact/"} <= set(paths())
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_site_answers_for_the_tenants_host_alone(tenant_a: Any) -> None:
    assert list(Site.objects.values_list("hostname", "site_name")) == [("heping.tianjin.localhost", "和平区")]


def test_a_place_without_a_programme_keeps_one_brand_and_hides_the_spare_pages(db: None) -> None:
    tenant = create_tenant(division="450500", domain="beihai.localhost")
    with tenant_context(tenant):
        Brand.objects.filter(order__gt=1).update(is_active=False)
        name_tree(tenant=tenant)
        assert list(BrandPage.objects.live().values_list("slug", flat=True)) == ["jiaoyu-zhulao"]


def test_naming_a_tenant_costs_the_same_few_queries_for_a_district_and_a_province(
    tenant_a: Any, tenant_b: Any, django_assert_num_queries: Any
) -> None:
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            Brand.objects.exists()  # the first query of a connection sets its search path
            with django_assert_num_queries(3):
                name_site(tenant=tenant)
            with django_assert_num_queries(6):
                name_tree(tenant=tenant)


def test_a_new_tenant_leaves_no_task_of_the_template(db: None) -> None:
    create_tenant(division="120103", domain="hexi.localhost")

    connection.set_schema_to_public()
    assert not DBTaskResult.objects.filter(args_kwargs__kwargs___schema="t_template").exists()
