"""Notices, publicities and news."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.core.blocks import BodyBlock
from portal.core.models import BasePage
from portal.home.enums import ArticleKind


class ArticleIndexPage(BasePage):
    """All articles of the site, newest first."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ArticlePage"]

    class Meta:
        verbose_name = _("公告栏")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.listings import article_listing

        return {**super().get_context(request, *args, **kwargs), **article_listing(self, request)}


class ArticlePage(BasePage):
    """One notice, publicity or piece of news."""

    kind = models.CharField(_("类别"), max_length=10, choices=ArticleKind.choices, default=ArticleKind.NOTICE)
    date = models.DateField(_("日期"), default=timezone.localdate, help_text=_("页面上显示的发布日期。"))
    until = models.DateField(_("公示至"), null=True, blank=True, help_text=_("公示才填；到这一天24:00为止。"))
    source = models.CharField(_("来源"), max_length=60, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)

    parent_page_types = ["home.ArticleIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date"), FieldPanel("until")]),
        FieldPanel("source"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("kind")]

    class Meta:
        verbose_name = _("文章")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("date")), name="article_until"
            )
        ]

    def clean(self) -> None:
        """A publicity says until when; it cannot end before it begins."""
        super().clean()
        if self.kind == ArticleKind.PUBLICITY and not self.until:
            raise ValidationError({"until": _("公示要写明到哪一天。")})
        if self.until and self.date and self.until < self.date:
            raise ValidationError({"until": _("公示的截止日不能早于发布日期。")})

    @property
    def is_over(self) -> bool:
        """Whether the time of a publicity has passed."""
        return bool(self.until and self.until < timezone.localdate())
