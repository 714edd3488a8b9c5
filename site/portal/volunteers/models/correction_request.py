"""A volunteer says that something on a certificate is wrong; somebody answers in time."""

from datetime import date

from django.conf import settings
from django.contrib.admin import display
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from portal.volunteers.enums import CorrectionAbout, CorrectionState, RecordState
from portal.volunteers.models.record import ServiceRecord
from portal.volunteers.models.volunteer import Volunteer


class CorrectionRequest(models.Model):
    """What is wrong and why, until when it is answered, and the answer; moved by `domain.contesting` alone.

    `line` counts the services on the sheet from one; `record` is what stands behind it, if that is still to be found.
    """

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, null=True, related_name="correction_requests", verbose_name=_("证书")
    )
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="correction_requests", verbose_name=_("志愿者")
    )
    about = models.CharField(_("哪里不对"), max_length=8, choices=CorrectionAbout.choices)
    line = models.PositiveSmallIntegerField(_("第几行"), null=True, blank=True)
    record = models.ForeignKey(
        ServiceRecord, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("服务记录")
    )
    claim = models.CharField(_("应该是怎样"), max_length=200)
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    due_on = models.DateField(_("答复期限"))
    reminded_at = models.DateTimeField(_("提醒过"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=CorrectionState.choices, default=CorrectionState.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("更正申请")
        verbose_name_plural = _("更正申请")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(state=CorrectionState.OPEN), name="correction_request_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=CorrectionState.values), name="correction_request_state"),
            models.CheckConstraint(
                condition=Q(about=CorrectionAbout.LINE, line__gte=1)
                | (Q(about__in=[CorrectionAbout.PERSON, CorrectionAbout.OTHER], line__isnull=True)),
                name="correction_request_about",
            ),
            # Its certificate is not known any more when the time of that is over.
            models.CheckConstraint(
                condition=Q(certificate__isnull=False) | ~Q(state=CorrectionState.OPEN),
                name="correction_request_certificate",
            ),
            models.CheckConstraint(condition=~Q(claim=""), name="correction_request_claim"),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.OPEN, answered_at__isnull=True)
                | (~Q(state=CorrectionState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="correction_request_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.REFUSED) | ~Q(answer=""), name="correction_request_refused_why"
            ),
        ]
        indexes = [models.Index(F("due_on"), condition=Q(state=CorrectionState.OPEN), name="correction_request_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_state_display()}"

    @property
    @display(description=_("证书"))
    def number(self) -> str:
        """Of the certificate; empty when its time is over."""
        return self.certificate.number if self.certificate else ""

    @property
    @display(description=_("答复期限"))
    def due(self) -> date | None:
        """Of what is taken back nothing is to be answered by a day."""
        return None if self.state == CorrectionState.WITHDRAWN else self.due_on

    @property
    def leaves_disputed(self) -> bool:
        """Whether a record stays disputed when this is taken back."""
        return self.record is not None and self.record.state == RecordState.DISPUTED
