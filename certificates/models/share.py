"""A link by which its holder lets others download a certificate, until a day."""

import secrets
from typing import Any

from django.core.signing import Signer
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models.certificate import Certificate

_SALT = "certificates.share"


def new_key() -> str:
    """What a link is found by; 72 bits."""
    return secrets.token_hex(9)


def tag_of(key: str) -> str:
    """The half of a link that no table holds: who reads the database alone cannot make it."""
    return Signer(salt=f"{_SALT}.{connection.schema_name}").signature(key)


class ShareLink(models.Model):
    """At most one of a certificate is open; `ended_at` says that it was taken back, or made way for the next."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="links", verbose_name=_("证书"))
    key = models.CharField(max_length=18, unique=True, default=new_key)
    made_at = models.DateTimeField(_("生成时间"), auto_now_add=True)
    ends_at = models.DateTimeField(_("到期时间"))
    ended_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("证书分享链接")
        verbose_name_plural = _("证书分享链接")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["certificate"], condition=Q(ended_at=None), name="share_one_open"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="share_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.ends_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        """The last part of the address."""
        return f"{self.key}.{tag_of(self.key)}"

    @property
    def is_open(self) -> Any:
        """Until its day, while it was not taken back, and while the certificate can be downloaded at all."""
        lasting = self.ended_at is None and self.ends_at > timezone.now()
        return lasting and self.certificate.is_downloadable
