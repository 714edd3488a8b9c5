"""Images with an alternative text that must be given."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """A picture; whoever cannot see it reads `alternative`."""

    alternative = models.CharField(_("替代文字"), max_length=200, help_text=_("给看不见图的人：画面上是谁、在做什么。"))

    # Wagtail's own description is optional and says the same.
    admin_form_fields = (
        "title",
        "file",
        "alternative",
        *(name for name in Image.admin_form_fields if name not in {"title", "file", "description"}),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")

    @property
    def default_alt_text(self) -> str:
        return self.alternative


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
