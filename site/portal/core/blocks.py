"""Parts from which editors compose running text; none of them takes HTML."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

#: What running text may contain. Neither embeds nor raw HTML nor images: those are blocks of their own.
TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "hr", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    """A picture and what stands under it; the alternative text comes with the image."""

    image = ImageChooserBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图注"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("图片")
        template = "core/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("原话"), max_length=300)
    source = blocks.CharBlock(label=_("谁说的"), required=False, max_length=60)

    class Meta:
        icon = "openquote"
        label = _("引语")
        template = "core/blocks/quote.html"


class FilesBlock(blocks.StructBlock):
    """Documents to take along."""

    title = blocks.CharBlock(label=_("小标题"), required=False, max_length=40)
    files = blocks.ListBlock(DocumentChooserBlock(label=_("文件")), label=_("文件"), min_num=1)

    class Meta:
        icon = "doc-full-inverse"
        label = _("附件")
        template = "core/blocks/files.html"


class BodyBlock(blocks.StreamBlock):
    """The body of articles, stories and ordinary pages."""

    text = blocks.RichTextBlock(label=_("文字"), features=TEXT_FEATURES, template="core/blocks/text.html")
    picture = PictureBlock()
    quote = QuoteBlock()
    files = FilesBlock()

    class Meta:
        label = _("正文")
        required = False
