"""Sections of the tenant's brands."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.core.blocks import BodyBlock
from portal.core.models import BasePage, Brand


class BrandIndexPage(BasePage):
    """All brands of the site."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.BrandPage"]

    class Meta:
        verbose_name = _("品牌栏目")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.listings import brand_listing

        return {**super().get_context(request, *args, **kwargs), **brand_listing(self, request)}


class BrandPage(BasePage):
    """What a brand is, what is done under it and what is told of it."""

    brand = models.OneToOneField(
        Brand, models.PROTECT, related_name="page", verbose_name=_("品牌"), help_text=_("一个品牌一个页面。")
    )
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)

    parent_page_types = ["home.BrandIndexPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("brand"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("品牌页面")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.listings import brand_work

        return {**super().get_context(request, *args, **kwargs), **brand_work(self, request)}
