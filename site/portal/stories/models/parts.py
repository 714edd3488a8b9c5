"""The people and the facts of a story."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from portal.stories.enums import NEEDS_CONSENT, PersonKind


class StoryPerson(Orderable):
    """Somebody named in the story, as the name is shown."""

    page = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("显示的姓名"), max_length=40, help_text=_("可以用称呼或化名，如 张奶奶、小林。"))
    role = models.CharField(_("在这件事里做什么"), max_length=40, blank=True)
    kind = models.CharField(_("是谁"), max_length=10, choices=PersonKind.choices, default=PersonKind.ADULT)
    consent = models.ForeignKey(
        "stories.Consent", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("同意书")
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("consent")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("人物")
        verbose_name_plural = _("人物")

    def __str__(self) -> str:
        return self.name

    @property
    def needs_consent(self) -> bool:
        return self.kind in NEEDS_CONSENT

    def clean(self) -> None:
        super().clean()
        if self.consent is not None and self.kind == PersonKind.MINOR and not self.consent.guardian:
            raise ValidationError({"consent": _("%(name)s是未成年人，同意书要由监护人签。") % {"name": self.name}})


class StoryFact(Orderable):
    """A pair beside the text: 陪伴 263小时."""

    page = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="facts")
    label = models.CharField(_("项目"), max_length=10, help_text=_("如 时间、人数、陪伴。"))
    value = models.CharField(_("内容"), max_length=60)
    note = models.CharField(_("说明"), max_length=60, blank=True)

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("value"), FieldPanel("note")])]

    class Meta(Orderable.Meta):
        verbose_name = _("要点")
        verbose_name_plural = _("要点")

    def __str__(self) -> str:
        return f"{self.label} {self.value}"
