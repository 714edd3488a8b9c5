"""Certificates that a school or an organisation asks for, for several of its people at once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from portal.organisations.models import Organisation
from portal.volunteers.enums import LineOutcome, LineRefusal
from portal.volunteers.models.request import CertificateRequest
from portal.volunteers.models.volunteer import Volunteer


class Order(models.Model):
    """Carried out line by line in the worker; one of a body is under way at a time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="orders", verbose_name=_("单位"))
    start = models.DateField(_("从"))
    end = models.DateField(_("到"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("办完于"), null=True, blank=True)

    class Meta:
        verbose_name = _("批量申请证明")
        verbose_name_plural = _("批量申请证明")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(finished_at=None), name="order_one_at_a_time"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="order_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.asked_at:%Y-%m-%d %H:%M}"


class OrderLine(models.Model):
    """One person of an order, and what came of it. The reason is what this body may read, not more.

    It stands there in the words of the worker, and as a code with its details where there is one: said in the reader's
    language by `domain.line_reasons`.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", verbose_name=_("批量申请证明"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("人员"))
    outcome = models.CharField(_("结果"), max_length=10, choices=LineOutcome.choices, default=LineOutcome.WAITING)
    reason = models.CharField(_("原因"), max_length=400, blank=True, default="")
    why = models.CharField(_("原因代码"), max_length=16, choices=LineRefusal.choices, blank=True, default="")
    details = models.JSONField(_("原因的细节"), default=dict, blank=True)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, null=True, related_name="+", verbose_name=_("志愿者"))
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+", verbose_name=_("证书"))
    request = models.ForeignKey(
        CertificateRequest, models.PROTECT, null=True, related_name="+", verbose_name=_("证明申请")
    )
    forgotten = models.BooleanField(_("证书保存期已满"), default=False)

    class Meta:
        verbose_name = _("批量申请的一行")
        verbose_name_plural = _("批量申请的一行")
        ordering = ["order", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["order", "user"], name="order_line_once"),
            models.CheckConstraint(condition=Q(outcome__in=LineOutcome.values), name="order_line_outcome"),
            models.CheckConstraint(
                condition=~Q(outcome=LineOutcome.REFUSED) | ~Q(reason=""), name="order_line_refused_why"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[LineOutcome.MADE, LineOutcome.HAD])
                | Q(certificate__isnull=False)
                | Q(forgotten=True),
                name="order_line_names_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.get_outcome_display()}"
