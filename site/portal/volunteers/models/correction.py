"""What staff corrected of a person, and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.fields import EncryptedTextField
from portal.volunteers.enums import CorrectedField
from portal.volunteers.models.volunteer import Volunteer


class Correction(models.Model):
    """One datum of a volunteer put right by staff; a row is never changed (migration 0003), only encrypted anew."""

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="corrections", verbose_name=_("志愿者"))
    field = models.CharField(_("内容"), max_length=20, choices=CorrectedField.choices)
    before = EncryptedTextField(_("之前"), blank=True, default="")
    after = EncryptedTextField(_("之后"))
    why = models.CharField(_("原因"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("更正人"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("资料更正")
        verbose_name_plural = _("资料更正")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(field__in=CorrectedField.values), name="correction_field"),
            models.CheckConstraint(condition=~models.Q(why=""), name="correction_why"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_field_display()}"
