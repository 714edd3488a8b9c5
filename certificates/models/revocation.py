"""A revocation: who proposed it and why, and what the second person made of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.enums import Ground, RevocationState
from certificates.models.certificate import Certificate


class Revocation(models.Model):
    """One proposal; a certificate has at most one that waits. `alone` says that the tenant wanted no second person."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="revocations", verbose_name=_("证书"))
    state = models.CharField(
        _("状态"), max_length=10, choices=RevocationState.choices, default=RevocationState.PROPOSED
    )
    ground = models.CharField(_("撤销事由"), max_length=16, choices=Ground.choices)
    reason = models.CharField(_("具体情况"), max_length=200)
    proposed_by = models.CharField(_("提出人"), max_length=64)
    proposed_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    alone = models.BooleanField(_("不需要第二人"), default=False)
    decided_by = models.CharField(_("决定人"), max_length=64, blank=True, default="")
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("证书撤销")
        verbose_name_plural = _("证书撤销")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state=RevocationState.PROPOSED),
                name="revocation_one_waits",
            ),
            models.CheckConstraint(condition=Q(state__in=RevocationState.values), name="revocation_state_known"),
            models.CheckConstraint(condition=~Q(reason="") & Q(ground__in=Ground.values), name="revocation_reason"),
            models.CheckConstraint(
                condition=Q(state=RevocationState.PROPOSED) | Q(decided_at__isnull=False),
                name="revocation_decided_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=RevocationState.CONFIRMED)
                | (~Q(decided_by="") & (Q(alone=True) | ~Q(decided_by=F("proposed_by")))),
                name="revocation_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.get_state_display()}"
