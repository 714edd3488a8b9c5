"""The front page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction

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

    #: Set where the read that found the page has seen that nothing closes it.
    found_open = False

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none() if self.found_open else super().get_view_restrictions()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.front_page import FrontPage, scope

        context = super().get_context(request, *args, **kwargs)
        return {**context, "front_page": FrontPage(self.body), "scope": scope(request.tenant)}
