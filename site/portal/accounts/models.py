"""The people of one tenant, and who looked at what of them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.fields import DigestField, EncryptedTextField
from portal.core.mobiles import normal_mobile, validate_mobile
from portal.core.models import CountedRequest


class User(AbstractUser):
    """Somebody who signs in, known by user name or mobile number."""

    last_name = None
    name = models.CharField(_("姓名"), max_length=60)
    mobile = EncryptedTextField(_("手机号"), blank=True, default="", validators=[validate_mobile])
    mobile_digest = DigestField(of="mobile")
    platform_id = models.UUIDField(_("全域账号"), null=True, unique=True, editable=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mobile="", mobile_digest__isnull=True)
                | ~models.Q(mobile="") & models.Q(mobile_digest__isnull=False),
                name="user_mobile_digest",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def clean(self) -> None:
        super().clean()
        self.mobile = normal_mobile(self.mobile)

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields: Iterable[str] | None = kwargs.get("update_fields")
        if fields is not None and "mobile" in fields:
            kwargs["update_fields"] = {*fields, "mobile_digest"}
        super().save(*args, **kwargs)

    @property
    def first_name(self) -> str:
        """What Wagtail's menu calls a person; in Chinese one name is the name."""
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Disclosure(models.Model):
    """One look at unmasked personal data: never changed, never deleted (domain §7)."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("查看人"))
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="disclosures", verbose_name=_("被查看人")
    )
    field = models.CharField(_("内容"), max_length=40)
    purpose = models.CharField(_("用途"), max_length=200)
    ip = models.GenericIPAddressField(_("IP地址"), null=True)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("查看记录")
        verbose_name_plural = _("查看记录")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("disclose_user", _("查看未遮盖的个人信息"))]
        constraints = [models.CheckConstraint(condition=~models.Q(purpose=""), name="disclosure_purpose")]

    def __str__(self) -> str:
        return f"{self.by} → {self.subject}"


class ResetRequest(CountedRequest):
    """That somebody asked for a link to set a password; kept for a day."""

    class Meta(CountedRequest.Meta):
        verbose_name = _("重设密码的请求")
        verbose_name_plural = _("重设密码的请求")
        indexes = [models.Index(fields=["key", "at"], name="resetrequest_key")]
