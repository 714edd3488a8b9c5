"""What the index pages list; asked by their `get_context`."""

from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.core.models import Brand
from portal.home.enums import ArticleKind
from portal.home.models import ArticleIndexPage, ArticlePage, BrandIndexPage, BrandPage, PolicyIndexPage, PolicyPage

PER_PAGE = 20


def article_listing(index: ArticleIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Articles of the kind asked for, newest first; three queries whatever their number."""
    kind = request.GET.get("kind", "")
    articles = ArticlePage.objects.child_of(index).live().public().order_by("-date", "-pk")
    if kind in ArticleKind.values:
        articles = articles.filter(kind=kind)
    return {"articles": _page(articles, request), "kinds": ArticleKind.choices, "kind": kind}


def policy_listing(index: PolicyIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Documents, newest first."""
    policies = PolicyPage.objects.child_of(index).live().public().defer("body").order_by("-issued_on", "-pk")
    return {"policies": _page(policies, request)}


def brand_listing(index: BrandIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Pages of the brands in use, in the tenant's order."""
    pages = BrandPage.objects.child_of(index).live().public().filter(brand__is_active=True)
    return {"brand_pages": pages.select_related("brand").defer("body").order_by("brand__order", "brand_id")}


def brand_work(page: BrandPage, request: HttpRequest) -> dict[str, Any]:
    """What is done under the brand, and the other brands."""
    return {"brand": page.brand, "other_brands": Brand.objects.filter(is_active=True).exclude(pk=page.brand_id)}


def _page(rows: QuerySet[Any], request: HttpRequest) -> PageOfList[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
