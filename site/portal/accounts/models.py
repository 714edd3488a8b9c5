"""The people of one tenant."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.digests import digest
from portal.core.fields import EncryptedTextField


class User(AbstractUser):
    """Somebody who signs in, known by user name or mobile number."""

    first_name = None
    last_name = None
    name = models.CharField(_("姓名"), max_length=60)
    mobile = EncryptedTextField(_("手机号"), blank=True, default="")
    mobile_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    platform_id = models.UUIDField(_("全域账号"), null=True, unique=True, editable=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def __str__(self) -> str:
        return self.name or self.username

    def save(self, *args: object, **kwargs: object) -> None:
        self.mobile_digest = digest(self.mobile, purpose="mobile") if self.mobile else None
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
