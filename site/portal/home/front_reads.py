"""The rows of the front page's sections, read by the columns that the sections show."""

import datetime as dt
from functools import cache
from typing import Any

from django.db.models import BigAutoField, DateField, Exists, QuerySet, Value
from wagtail.models import Site

from portal.core.models import SiteImage
from portal.core.queries import for_everybody
from portal.home.models import ArticlePage, BrandPage, HomePage, PolicyPage
from portal.stories.queries import visible_stories
from tenants.reads import Given, Read

Row = tuple[Any, ...]


def open_home() -> HomePage | None:
    """The front page, where there is one root and everybody may see it."""
    return next(iter(_HOME()), None)


def articles(number: int) -> list[Row]:
    """title, url_path, date, until of the newest."""
    return _articles(number)()


def documents(number: int) -> list[Row]:
    """title, url_path, document_number, status of the newest."""
    return _documents(number)()


def brands() -> list[Row]:
    """url_path, name, tagline, description, is_main of the brands in use, in the tenant's order."""
    return _BRANDS()


def stories(number: int, today: dt.date) -> list[Row]:
    """title, url_path, summary, division, picture_id of the newest that may be shown today."""
    return _stories(number)(today=today)


def picture(pk: int | None) -> SiteImage | None:
    return next(iter(_PICTURE(pk=pk)), None) if pk else None


@cache
def _articles(number: int) -> Read:
    names = ("title", "url_path", "date", "until")
    return Read(lambda: for_everybody(ArticlePage.objects.order_by("-date", "-pk")).values_list(*names)[:number])


@cache
def _documents(number: int) -> Read:
    names = ("title", "url_path", "document_number", "status")
    return Read(lambda: for_everybody(PolicyPage.objects.order_by("-issued_on", "-pk")).values_list(*names)[:number])


@cache
def _stories(number: int) -> Read:
    names = ("title", "url_path", "summary", "division__name", "picture_id")
    return Read(lambda: visible_stories(Given("today", DateField())).values_list(*names)[:number])


def _home() -> QuerySet[HomePage]:
    others = Site.objects.filter(is_default_site=False)
    roots = HomePage.objects.filter(~Exists(others), sites_rooted_here__is_default_site=True, alias_of=None)
    return for_everybody(roots).annotate(found_open=Value(True))


def _brands() -> QuerySet[BrandPage]:
    names = (f"brand__{name}" for name in ("name", "tagline", "description", "is_main"))
    pages = for_everybody(BrandPage.objects.filter(brand__is_active=True))
    return pages.order_by("brand__order", "brand_id").values_list("url_path", *names)


_HOME = Read(_home)
_BRANDS = Read(_brands)
_PICTURE = Read(lambda: SiteImage.objects.filter(pk=Given("pk", BigAutoField())))
