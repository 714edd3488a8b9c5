"""What an announcement lists: how bids are scored, how money is paid, which files go with it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

_HUNDRED = [MinValueValidator(1), MaxValueValidator(100)]


class Criterion(Orderable):
    """One line of the rubric. The points of a published call sum to 100: a deferred trigger sees to it."""

    call = ParentalKey("ventures.Call", on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(_("评分项"), max_length=30)
    points = models.PositiveSmallIntegerField(_("分值"), validators=_HUNDRED)
    note = models.CharField(_("看什么"), max_length=120, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("points")]), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("评分项")
        verbose_name_plural = _("评分项")
        constraints = [models.CheckConstraint(condition=Q(points__range=(1, 100)), name="criterion_points")]

    def __str__(self) -> str:
        return self.name


class Payment(Orderable):
    """One instalment. The shares of a published call sum to 100, as above."""

    call = ParentalKey("ventures.Call", on_delete=models.CASCADE, related_name="payments")
    name = models.CharField(_("期次"), max_length=20)
    share = models.PositiveSmallIntegerField(_("比例（%）"), validators=_HUNDRED)
    condition = models.CharField(_("什么时候拨"), max_length=80)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("share")]), FieldPanel("condition")]

    class Meta(Orderable.Meta):
        verbose_name = _("拨付期次")
        verbose_name_plural = _("拨付期次")
        constraints = [models.CheckConstraint(condition=Q(share__range=(1, 100)), name="payment_share")]

    def __str__(self) -> str:
        return self.name


class CallDocument(Orderable):
    """A file to take along: the sealed announcement, the form, the budget table."""

    call = ParentalKey("ventures.Call", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey("wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name=_("文件"))
    title = models.CharField(_("显示的名称"), max_length=60, blank=True, help_text=_("不填就用文件自己的标题。"))

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("附件")
        verbose_name_plural = _("附件")

    def __str__(self) -> str:
        return self.title or self.document.title
