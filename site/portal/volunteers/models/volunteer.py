"""The person who serves; what could identify them stands encrypted."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import masking
from portal.core.fields import DigestField, EncryptedTextField
from portal.core.models import Division
from portal.volunteers.domain.ages import age_on


class Volunteer(models.Model):
    """A registered volunteer of this tenant; name and mobile are the user's (令67号 art. 6)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="volunteer", verbose_name=_("用户")
    )
    number = models.CharField(_("志愿者编号"), max_length=12, unique=True, editable=False)
    birth_date = EncryptedTextField(_("出生日期"))
    id_number = EncryptedTextField(_("身份证号"), blank=True, default="")
    id_number_digest = DigestField(of="id_number")
    division = models.ForeignKey(
        Division, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("所在地")
    )
    address = EncryptedTextField(_("住址"), blank=True, default="")
    guardian_name = EncryptedTextField(_("监护人姓名"), blank=True, default="")
    guardian_mobile = EncryptedTextField(_("监护人手机号"), blank=True, default="")
    guardian_consented_at = models.DateTimeField(_("监护人同意于"), null=True, blank=True)
    privacy_consented_at = models.DateTimeField(_("同意隐私说明于"))
    registered_at = models.DateTimeField(_("注册于"), default=timezone.now)

    class Meta:
        verbose_name = _("志愿者")
        verbose_name_plural = _("志愿者")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__regex=r"^[0-9]{12}$"), name="volunteer_number"),
            models.CheckConstraint(
                condition=models.Q(guardian_consented_at__isnull=True) | ~models.Q(guardian_name=""),
                name="volunteer_guardian_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.masked_name}（{self.number}）"

    @property
    def born(self) -> date:
        return date.fromisoformat(self.birth_date)

    def age_on(self, day: date) -> int:
        return age_on(self.born, day)

    @property
    def masked_name(self) -> str:
        return masking.mask_name(self.user.name)

    @property
    def public_name(self) -> str:
        """The name as anybody may see it who checks a card; one character alone would be all of it."""
        return self.masked_name if "*" in self.masked_name else "*"

    @property
    def masked_mobile(self) -> str:
        return masking.mask_mobile(self.user.mobile)

    @property
    def masked_id_number(self) -> str:
        return masking.mask_id_number(self.id_number)

    @property
    def masked_birth_date(self) -> str:
        return masking.mask_birth_date(self.birth_date)

    @property
    def masked_address(self) -> str:
        return masking.mask_address(self.address)

    @property
    def masked_guardian(self) -> str:
        """张*，138****5678; empty without a guardian."""
        if not self.guardian_name:
            return ""
        return f"{masking.mask_name(self.guardian_name)}，{masking.mask_mobile(self.guardian_mobile)}"

    @property
    def division_name(self) -> str:
        return self.division.name if self.division else ""
