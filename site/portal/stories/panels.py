"""The form in which a publicist writes a story."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

#: After the title.
STORY = [
    FieldPanel("summary"),
    FieldRowPanel([FieldPanel("date"), FieldPanel("brand")]),
    FieldRowPanel([FieldPanel("division"), FieldPanel("venue")]),
    FieldPanel("project"),
    InlinePanel(
        "people",
        heading=_("人物"),
        label=_("人物"),
        help_text=_("老人和未成年人写了姓名，就要有有效的同意书，否则不能发布。"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("picture"),
            FieldPanel("picture_caption"),
            FieldPanel("picture_nobody"),
            FieldPanel("picture_consents"),
        ],
        heading=_("题图"),
    ),
    FieldPanel("body"),
    InlinePanel("facts", heading=_("要点"), label=_("要点"), help_text=_("写在正文旁边，如 时间、人数、陪伴。")),
    MultiFieldPanel(
        [
            FieldPanel("contributor"),
            FieldRowPanel([FieldPanel("editor"), FieldPanel("first_reviewer")]),
            FieldRowPanel([FieldPanel("second_reviewer"), FieldPanel("final_reviewer")]),
        ],
        heading=_("编辑和审核"),
    ),
]
