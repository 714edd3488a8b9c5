"""What the body of a story is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.core.blocks import QuoteBlock


class StoryPictureBlock(blocks.StructBlock):
    """A picture, and on whose consent it is shown; somebody has to say that nobody can be recognised."""

    image = ImageChooserBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图注"), required=False, max_length=120)
    nobody = blocks.BooleanBlock(
        label=_("画面里没有认得出的人"),
        required=False,
        help_text=_("手、背影、房间、街道。有认得出的人就不要勾，选同意书。"),
    )
    consents = blocks.ListBlock(
        SnippetChooserBlock("stories.Consent", label=_("同意书")), label=_("画面里的人的同意书"), default=[]
    )

    class Meta:
        icon = "image"
        label = _("图片")
        template = "stories/blocks/picture.html"


class StoryBody(blocks.StreamBlock):
    """Paragraphs, quotes and pictures; a picture that comes first leads the page."""

    paragraph = blocks.RichTextBlock(
        label=_("段落"), features=["h2", "bold", "ol", "ul", "link"], template="stories/blocks/paragraph.html"
    )
    quote = QuoteBlock()
    picture = StoryPictureBlock()

    class Meta:
        label = _("正文")
        required = False
