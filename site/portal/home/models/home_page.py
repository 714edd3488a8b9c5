"""The front page."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.core.models import BasePage
from portal.home.blocks import HomeBlock


class HomePage(BasePage):
    """What a visitor sees first: sections in the order that the editors choose, every number computed."""

    body = StreamField(HomeBlock(), verbose_name=_("栏目"), blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("首页")
