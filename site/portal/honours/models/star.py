"""An application for a star, and the objections to it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.enums import STARS
from certificates.models import Certificate
from portal.core.fields import EncryptedTextField
from portal.honours.enums import OPEN_STARS, ObjectionState, StarState
from portal.volunteers.models import Volunteer

_DECIDED = [StarState.AWARDED, StarState.ENDED, StarState.REFUSED]


class StarApplication(models.Model):
    """One volunteer asks for one star; moved by `honours.domain` alone.

    `needed_minutes` and `publicity_until` are frozen: what was publicised is what is decided. `minutes` are the
    confirmed ones, first of the application, then of the award. `alone` says that the tenant wanted no second person,
    `forgotten` that the certificate's time is over: which one it was is not known any more.
    """

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="stars", verbose_name=_("志愿者"))
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    level = models.PositiveSmallIntegerField(_("星级"))
    state = models.CharField(_("状态"), max_length=10, choices=StarState.choices, default=StarState.PUBLICITY)
    minutes = models.PositiveIntegerField(_("已确认分钟"))
    needed_minutes = models.PositiveIntegerField(_("须满分钟"))
    applied_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    publicity_until = models.DateField(_("公示到"))
    until_certain = models.BooleanField(_("放假安排已公布"), default=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"), null=True, blank=True)
    alone = models.BooleanField(_("不需要第二人"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定人")
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")
    certificate = models.OneToOneField(
        Certificate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("证书")
    )

    forgotten = models.BooleanField(_("证书保存期已满"), default=False)

    class Meta:
        verbose_name = _("星级申请")
        verbose_name_plural = _("星级申请")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "level"], condition=Q(state=StarState.AWARDED), name="star_once"
            ),
            models.UniqueConstraint(fields=["volunteer"], condition=Q(state__in=OPEN_STARS), name="star_one_open"),
            models.CheckConstraint(condition=Q(state__in=StarState.values), name="star_state"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="star_level"),
            models.CheckConstraint(condition=Q(minutes__gte=F("needed_minutes")), name="star_hours_reached"),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="star_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[StarState.AWARDED, StarState.ENDED])
                | (
                    (Q(certificate__isnull=False) | Q(forgotten=True))
                    & Q(proposed_by__isnull=False)
                    & (Q(alone=True) | ~Q(decided_by=F("proposed_by")))
                ),
                name="star_second_person",
            ),
            models.CheckConstraint(
                condition=(Q(proposed_by__isnull=True) | ~Q(proposed_by=F("applied_by")))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=F("applied_by"))),
                name="star_not_ones_own",
            ),
            models.CheckConstraint(
                condition=~Q(state=StarState.REFUSED) | ~Q(note=""), name="star_refused_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["publicity_until"], condition=Q(state__in=OPEN_STARS), name="star_open")]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.level}"

    @property
    def star(self) -> Any:
        """The level in words, wherever people read it."""
        return STARS[self.level - 1]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STARS

    @property
    def is_due(self) -> Any:
        """The days of publicity are over, and nothing stands in the way of a decision."""
        return self.state == StarState.PUBLICITY and self.publicity_until < timezone.localdate()


class Objection(models.Model):
    """What somebody holds against an application, written down by an officer; it stops the award until answered."""

    application = models.ForeignKey(
        StarApplication, models.PROTECT, related_name="objections", verbose_name=_("星级申请")
    )
    state = models.CharField(_("状态"), max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    objector = EncryptedTextField(_("谁提出的，怎么联系"), blank=True, default="")
    content = models.CharField(_("异议内容"), max_length=500)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    recorded_at = models.DateTimeField(_("记录时间"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    settled_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.CharField(_("核实结果"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("星级异议")
        verbose_name_plural = _("星级异议")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="objection_state"),
            models.CheckConstraint(condition=~Q(content=""), name="objection_says_something"),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN, settled_at__isnull=True)
                | (
                    Q(state__in=[ObjectionState.DISMISSED, ObjectionState.UPHELD])
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="objection_settled_with_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.recorded_at:%Y-%m-%d}"
