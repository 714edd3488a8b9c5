"""What every page of a site has."""

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page
from wagtail.search import index

from search import listings


def address_of(url_path: str) -> str:
    """`/policies/` of Wagtail's `/home/policies/`, which begins with the slug of the front page."""
    return "/" + url_path.split("/", 2)[2]


class BasePage(Page):
    """Base of all page types: title, two lines of summary and a picture that stand for it in lists.

    Subclasses put their own panels after `content_panels`. Lists and menus always ask
    `.live().public()`: pages behind a password or a sign-in never show there.
    """

    summary = models.TextField(
        _("摘要"), max_length=200, blank=True, help_text=_("两三句话，列表和搜索结果里用；不填就不显示。最多200字。")
    )
    picture = models.ForeignKey(
        "core.SiteImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("题图")
    )

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("picture")]
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("show_in_menus")], heading=_("网址和菜单")),
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("给搜索引擎看的")),
    ]
    settings_panels = [PublishingPanel()]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """A page whose address changes takes those below it along, and their listings."""
        from portal.core.listed_pages import tree_changed

        was = Page.objects.filter(pk=self.pk).values_list("url_path", flat=True).first() if self.numchild else None
        with listings.collecting():
            saved = super().save(*args, **kwargs)
            if was is not None and was != self.url_path:
                tree_changed(self)
        return saved

    def move(self, *args: Any, **kwargs: Any) -> Any:
        """In one transaction with the listings of what is moved."""
        with listings.collecting():
            return super().move(*args, **kwargs)

    @cached_property
    def address(self) -> str:
        """Path of the page on its own site: `/policies/`. A site has one tree, so no query is needed."""
        return address_of(self.url_path)

    @property
    def parent_address(self) -> str:
        return self.address.rstrip("/").rpartition("/")[0] + "/"

    @property
    def description(self) -> str:
        """The line for search engines: what was written for them, else the summary."""
        return self.search_description or self.summary
