"""The parts of an official document, in the order in which they may follow each other."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

POLICY_FEATURES = ["h2", "h3", "h4", "bold", "ol", "ul", "link", "document-link"]


class PolicyBlock(blocks.StreamBlock):
    """A document; a second one inside a notice begins with its title."""

    addressee = blocks.CharBlock(label=_("主送机关"), template="home/blocks/addressee.html", icon="group")
    text = blocks.RichTextBlock(label=_("文字"), features=POLICY_FEATURES, template="home/blocks/policy_text.html")
    signature = blocks.TextBlock(
        label=_("落款"), template="home/blocks/signature.html", icon="edit", help_text=_("一行一个，最后一行是日期。")
    )
    note = blocks.CharBlock(label=_("附注"), template="home/blocks/note.html", icon="info-circle")
    title = blocks.CharBlock(
        label=_("所附文件的标题"), max_length=200, template="home/blocks/doc_title.html", icon="title"
    )

    class Meta:
        label = _("全文")
        required = False
