"""Sections of the front page; a number on it is computed, never typed."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class BannerBlock(blocks.StructBlock):
    """One picture with a line of text and a door; feast days, 敬老月."""

    image = ImageChooserBlock(label=_("图片"), required=False)
    title = blocks.CharBlock(label=_("标题"), max_length=40)
    text = blocks.TextBlock(label=_("说明"), required=False, max_length=160)
    page = blocks.PageChooserBlock(label=_("去哪个页面"), required=False)
    link_text = blocks.CharBlock(label=_("链接文字"), required=False, max_length=20)

    class Meta:
        icon = "image"
        label = _("横幅")
        template = "home/blocks/banner.html"


class HomeBlock(blocks.StreamBlock):
    """The sections of the front page."""

    banner = BannerBlock()

    class Meta:
        label = _("栏目")
        required = False
