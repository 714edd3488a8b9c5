"""The log of certificates: what was issued, downloaded, ended and checked in bulk, chained by hash."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates import chain
from certificates.enums import Action, Actor


class LogHead(models.Model):
    """The one row under whose lock entries get their number: where the log ends."""

    sequence = models.PositiveBigIntegerField(_("最后一条"), default=0)
    digest = models.CharField(max_length=64, default=chain.BEGINNING)

    class Meta:
        verbose_name = _("证书日志末端")
        verbose_name_plural = _("证书日志末端")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="certificate_log_one_head")]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"


class LogEntry(models.Model):
    """Only ever added, by `domain.logging`; the database refuses to change or delete one. No personal data in it."""

    sequence = models.PositiveBigIntegerField(_("序号"), unique=True)
    at = models.DateTimeField(_("时间"))
    action = models.CharField(_("事项"), max_length=24, choices=Action.choices)
    number = models.CharField(_("证书编号"), max_length=24, blank=True, default="")
    actor = models.CharField(_("谁办的"), max_length=10, choices=Actor.choices)
    account = models.PositiveBigIntegerField(_("账号"), null=True, blank=True)
    detail = models.JSONField(_("细节"), default=dict)
    previous = models.CharField(_("上一条的摘要"), max_length=64)
    digest = models.CharField(_("摘要"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("证书日志")
        verbose_name_plural = _("证书日志")
        ordering = ["-sequence"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["number"], name="certificate_log_number"),
            models.Index(fields=["action", "sequence"], name="certificate_log_action"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sequence__gte=1), name="certificate_log_counts_from_one"),
            models.CheckConstraint(condition=Q(action__in=Action.values), name="certificate_log_action_known"),
            models.CheckConstraint(
                condition=Q(previous__regex=r"^[0-9a-f]{64}$", digest__regex=r"^[0-9a-f]{64}$"),
                name="certificate_log_digests",
            ),
            models.CheckConstraint(
                condition=Q(actor=Actor.STAFF, account__isnull=False)
                | Q(actor__in=[Actor.WORKER, Actor.HOLDER, Actor.ANYBODY], account__isnull=True),
                name="certificate_log_staff_alone_by_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.number}"

    @property
    def canonical(self) -> str:
        """The text over which the digest is taken."""
        return chain.canonical(
            sequence=self.sequence,
            at=self.at,
            action=self.action,
            number=self.number,
            actor=self.actor,
            account=self.account,
            detail=self.detail,
        )
