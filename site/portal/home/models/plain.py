"""Ordinary pages: contact, and whatever else a site has to say."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.core.blocks import BodyBlock
from portal.core.models import BasePage


class StandardPage(BasePage):
    """Running text under a title."""

    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)

    parent_page_types = ["home.HomePage", "home.StandardPage", "home.BrandPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("普通页面")


class ContactPage(BasePage):
    """How to reach whoever runs the site; telephone and address come from the site's settings."""

    body = StreamField(BodyBlock(), verbose_name=_("补充说明"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("联系页面")
