"""The form in which an officer writes a call."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from portal.ventures.forms import CallForm

TEXT = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("brand")]),
                FieldPanel("title"),
                FieldPanel("summary"),
                FieldPanel("organiser"),
            ],
            heading=_("公告"),
        ),
        FieldPanel("sought"),
        FieldPanel("eligibility"),
        FieldPanel("hand_in"),
        InlinePanel("documents", heading=_("附件"), label=_("附件")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_phone")]),
                FieldPanel("contact_hours"),
            ],
            heading=_("咨询"),
        ),
    ],
    heading=_("内容"),
)

DATES = ObjectList(
    [
        FieldPanel("published_on"),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("bids_opened_at"),
        FieldRowPanel([FieldPanel("publicity_from"), FieldPanel("publicity_to")]),
        FieldPanel("results_on"),
        MultiFieldPanel(
            [FieldPanel("cancelled_on"), FieldPanel("cancelled_reason")],
            heading=_("终止征集"),
            help_text=_("填了就在公告上写明已经终止；公告仍然公开。"),
        ),
    ],
    heading=_("日期"),
)

MONEY = ObjectList(
    [
        FieldRowPanel([FieldPanel("ceiling"), FieldPanel("awards")]),
        FieldRowPanel([FieldPanel("funds"), FieldPanel("term")]),
        InlinePanel("payments", heading=_("分期拨付"), label=_("期次"), help_text=_("各期比例加起来是100%。")),
        InlinePanel("criteria", heading=_("评分标准"), label=_("评分项"), help_text=_("各项分值加起来是100分。")),
    ],
    heading=_("资金和评分"),
)

CALL = TabbedInterface(
    [TEXT, DATES, MONEY, ObjectList([PublishingPanel()], heading=_("定时"))], base_form_class=CallForm
)
