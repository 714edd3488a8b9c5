"""Pages that everybody may see."""

from typing import Any

from wagtail.models import Page, PageViewRestriction

from portal.core.queries import for_everybody
from portal.home.models import BrandIndexPage, BrandPage


def test_the_same_pages_as_with_wagtails_own_filters_in_one_query(
    tenant_a: Any, django_assert_num_queries: Any
) -> None:
    locked = BrandPage.objects.get(slug="wanglingjiao")
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.LOGIN)
    expected = list(Page.objects.live().public().order_by("pk"))
    with django_assert_num_queries(1):
        assert list(for_everybody(Page.objects.order_by("pk"))) == expected
    assert locked.page_ptr not in expected


def test_what_lies_below_a_closed_page_is_closed_too(tenant_a: Any) -> None:
    index = BrandIndexPage.objects.get()
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.PASSWORD, password="x")

    assert not for_everybody(BrandPage.objects.all()).exists()
    assert for_everybody(Page.objects.filter(slug="policies")).exists()
