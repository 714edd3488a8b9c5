"""Policy documents 公文 with the data that government sites must show."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from portal.core.models import BasePage
from portal.home.blocks import PolicyBlock
from portal.home.enums import PolicyStatus


class PolicyIndexPage(BasePage):
    """All policy documents of the site, newest first."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.PolicyPage"]

    class Meta:
        verbose_name = _("政策文件栏目")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.listings import policy_listing

        return {**super().get_context(request, *args, **kwargs), **policy_listing(self, request)}


class PolicyPage(BasePage):
    """One document, whole; empty data are not shown."""

    status = models.CharField(_("效力"), max_length=10, choices=PolicyStatus.choices, default=PolicyStatus.IN_FORCE)
    comment_until = models.DateField(_("征求意见至"), null=True, blank=True)
    comment_how = models.CharField(
        _("怎样提意见"), max_length=200, blank=True, help_text=_("信箱、电话或地址；征求意见稿才显示。")
    )
    issuers = models.CharField(_("联合发文单位"), max_length=300, blank=True)
    index_number = models.CharField(_("索引号"), max_length=60, blank=True)
    publisher = models.CharField(_("发布机构"), max_length=80, blank=True)
    document_number = models.CharField(_("发文字号"), max_length=60, blank=True)
    subject = models.CharField(_("主题"), max_length=80, blank=True)
    formed_on = models.DateField(_("成文日期"), null=True, blank=True)
    issued_on = models.DateField(_("发文日期"), null=True, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    body = StreamField(PolicyBlock(), verbose_name=_("全文"), blank=True)

    parent_page_types = ["home.PolicyIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("comment_until")]),
                FieldPanel("comment_how"),
            ],
            heading=_("效力"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("issuers"),
                FieldRowPanel([FieldPanel("index_number"), FieldPanel("document_number")]),
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("subject")]),
                FieldRowPanel([FieldPanel("formed_on"), FieldPanel("issued_on"), FieldPanel("effective_on")]),
            ],
            heading=_("公文信息"),
        ),
        FieldPanel("body"),
        InlinePanel("attachments", heading=_("附件"), label=_("附件")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("document_number"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = _("政策文件")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.policy_view import policy_context

        return {**super().get_context(request, *args, **kwargs), **policy_context(self)}

    @property
    def is_draft(self) -> bool:
        """Open for comment, not binding."""
        return bool(self.status == PolicyStatus.DRAFT)

    @property
    def is_repealed(self) -> bool:
        return bool(self.status == PolicyStatus.REPEALED)


class PolicyAttachment(Orderable):
    """A file that belongs to the document."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey("wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name=_("文件"))
    title = models.CharField(_("标题"), max_length=120, blank=True, help_text=_("不填就用文件自己的标题。"))

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("附件")

    def __str__(self) -> str:
        return self.title or str(self.document.title)
