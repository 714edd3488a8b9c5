"""What the index pages list; asked by their `get_context`."""

from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.core.ledger import by_day
from portal.home.enums import ArticleKind
from portal.home.models import ArticleIndexPage, ArticlePage, BrandIndexPage, BrandPage, PolicyIndexPage, PolicyPage
from portal.projects.listing import entry
from portal.projects.queries import open_shifts, with_project
from portal.stories.queries import find_stories

PER_PAGE = 20
SHIFTS_SHOWN = 6
STORIES_SHOWN = 4


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
    """What is done under the brand, what is told of it, and the other brands."""
    shifts = with_project(open_shifts().filter(project__brand=page.brand_id))[:SHIFTS_SHOWN]
    others = BrandPage.objects.sibling_of(page, inclusive=False).live().public().filter(brand__is_active=True)
    return {
        "brand": page.brand,
        "days": by_day(entry(shift) for shift in shifts),
        "stories": find_stories(brand=page.brand)[:STORIES_SHOWN],
        "others": others.order_by("brand__order").values_list("title", "slug"),
    }


def _page(rows: QuerySet[Any], request: HttpRequest) -> PageOfList[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
