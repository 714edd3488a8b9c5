"""A certificate's facts as a signed credential for programs, and the lists that tell which of them have ended."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.certificate import Certificate
from certificates.models.signing_key import SigningKey

STATUS_LIST_SIZE = 131_072
"""Entries of a status list: the least that the standard allows, so that nobody hides among few."""


class StatusList(models.Model):
    """A list that credentials point into; half of it stays empty, so that a free place is found at random."""

    number = models.PositiveIntegerField(_("状态列表"), unique=True)
    taken = models.PositiveIntegerField(_("已用"), default=0)
    opened_at = models.DateTimeField(_("启用时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("凭证状态列表")
        verbose_name_plural = _("凭证状态列表")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="status_list_number_positive"),
            models.CheckConstraint(condition=Q(taken__lte=STATUS_LIST_SIZE // 2), name="status_list_half_full"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_full(self) -> bool:
        """The next credential goes to the next list."""
        return bool(self.taken >= STATUS_LIST_SIZE // 2)


class Credential(models.Model):
    """Made once and kept to the byte; whether it still counts is its certificate's state."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="credential", verbose_name=_("证书"))
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="credentials", verbose_name=_("密钥"))
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="credentials", verbose_name=_("状态列表"))
    position = models.PositiveIntegerField(_("在列表中的位置"))
    document = models.TextField(_("内容"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("签出时间"))

    class Meta:
        verbose_name = _("电子凭证")
        verbose_name_plural = _("电子凭证")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["status_list", "position"], name="credential_place_once"),
            models.CheckConstraint(condition=Q(position__lt=STATUS_LIST_SIZE), name="credential_place_in_list"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="credential_sha256"),
        ]

    def __str__(self) -> str:
        return str(self.certificate)
