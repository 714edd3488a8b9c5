"""A key with which a site seals its certificates or signs credentials; the private half is never kept unencrypted."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.enums import KeyState, KeyUse
from tenants.fields import EncryptedTextField


class SigningKey(models.Model):
    """One at most is in use for each purpose; the others stay, for what they signed is to be checked for decades.

    `secret` is emptied when a key is retired or revoked: nothing can be signed with it any more.
    """

    use = models.CharField(_("用途"), max_length=10, choices=KeyUse.choices, default=KeyUse.SEAL)
    fingerprint = models.CharField(_("指纹"), max_length=64, unique=True, help_text=_("公钥证书的SHA-256"))
    certificate = models.TextField(_("公钥证书"))
    secret = EncryptedTextField(_("私钥"), blank=True, default="")
    provider = models.CharField(_("签章服务"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=KeyState.choices, default=KeyState.ACTIVE)
    valid_from = models.DateTimeField(_("有效期自"))
    valid_until = models.DateTimeField(_("有效期至"))
    created_at = models.DateTimeField(_("启用时间"), auto_now_add=True)
    created_by = models.CharField(_("启用人"), max_length=150)
    warned_at = models.DateTimeField(_("预告到期的时间"), null=True, blank=True)
    end_told_at = models.DateTimeField(_("告知已到期的时间"), null=True, blank=True)
    retired_at = models.DateTimeField(_("换下时间"), null=True, blank=True)
    retired_by = models.CharField(_("换下人"), max_length=150, blank=True, default="")
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    revoked_by = models.CharField(_("撤销人"), max_length=150, blank=True, default="")
    revoked_reason = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("签章密钥")
        verbose_name_plural = _("签章密钥")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["use"], condition=Q(state=KeyState.ACTIVE), name="signing_key_one_active_of_use"
            ),
            models.CheckConstraint(condition=Q(use__in=KeyUse.values), name="signing_key_use_known"),
            models.CheckConstraint(condition=Q(state__in=KeyState.values), name="signing_key_state_known"),
            models.CheckConstraint(condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"), name="signing_key_fingerprint"),
            models.CheckConstraint(
                condition=Q(state=KeyState.ACTIVE) | Q(secret=""), name="signing_key_secret_only_active"
            ),
            models.CheckConstraint(
                condition=~Q(state=KeyState.RETIRED) | Q(retired_at__isnull=False), name="signing_key_retired_when"
            ),
            models.CheckConstraint(
                condition=~Q(state=KeyState.REVOKED) | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="signing_key_revoked_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fingerprint)[:16]

    @property
    def has_ended(self) -> bool:
        """Its time is over; it must be rotated before anything is issued with it again."""
        return bool(self.valid_until <= timezone.now())

    @property
    def ends_soon(self) -> bool:
        """In use, and within KEY_WARN_DAYS of its end or past it: somebody should rotate it."""
        return bool(self.state == KeyState.ACTIVE and self.valid_until <= warned_until(timezone.now()))


def warned_until(now: datetime) -> datetime:
    """Keys that end before this are warned of at `now`."""
    return now + timedelta(days=settings.KEY_WARN_DAYS)
