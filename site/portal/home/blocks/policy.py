"""The parts of an official document, in the order in which they may follow each other."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

POLICY_FEATURES = ["h2", "h3", "h4", "bold", "ol", "ul", "link", "document-link"]


class PolicyBlock(blocks.StreamBlock):
    """A document; a second one inside a notice begins with its title."""

    addressee = blocks.CharBlock(label=_("主送机关"), icon="group")
    text = blocks.RichTextBlock(label=_("文字"), features=POLICY_FEATURES)
    signature = blocks.TextBlock(label=_("落款"), icon="edit", help_text=_("一行一个，最后一行是日期。"))
    note = blocks.CharBlock(label=_("附注"), icon="info-circle")
    title = blocks.CharBlock(label=_("所附文件的标题"), max_length=200, icon="title")

    class Meta:
        label = _("全文")
        required = False
