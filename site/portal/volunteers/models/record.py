"""One person's service on one shift, and the log of everything done to that record."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.volunteers.enums import TO_CONFIRM, Grade, RecordState
from portal.volunteers.models.sign_up import SignUp
from portal.volunteers.models.volunteer import Volunteer

_WITH_CONFIRMER = [RecordState.CONFIRMED]


class ServiceRecord(models.Model):
    """What 令67号 art. 8 asks for: activity, date, place, content, time given, organiser, person in charge.

    These words are copied when the roll is taken: a project edited later does not rewrite what was done.
    """

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="records", verbose_name=_("志愿者"))
    shift = models.ForeignKey("projects.Shift", models.PROTECT, related_name="records", verbose_name=_("班次"))
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="records", verbose_name=_("项目"))
    sign_up = models.ForeignKey(
        SignUp, models.PROTECT, null=True, blank=True, related_name="records", verbose_name=_("报名")
    )
    activity = models.CharField(_("活动名称"), max_length=200)
    content = models.CharField(_("服务内容"), max_length=200)
    place = models.CharField(_("地点"), max_length=200)
    organiser = models.CharField(_("组织单位"), max_length=120)
    in_charge = models.CharField(_("负责人"), max_length=60)
    date = models.DateField(_("日期"))
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    minutes_given = models.PositiveSmallIntegerField(_("实际分钟"))
    minutes = models.PositiveSmallIntegerField(_("计入分钟"))
    grade = models.CharField(_("怎么记的"), max_length=20, choices=Grade.choices)
    state = models.CharField(_("状态"), max_length=12, choices=RecordState.choices)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    entered_at = models.DateTimeField(_("记录于"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_at = models.DateTimeField(_("确认于"), null=True, blank=True)

    class Meta:
        verbose_name = _("服务记录")
        verbose_name_plural = _("服务记录")
        ordering = ["-date", "-pk"]
        indexes = [
            models.Index(fields=["volunteer", "date"], name="record_account"),
            models.Index(fields=["entered_at"], condition=Q(state__in=TO_CONFIRM), name="record_to_confirm"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"], condition=~Q(state=RecordState.VOIDED), name="record_once"
            ),
            models.CheckConstraint(condition=Q(state__in=RecordState.values), name="record_state"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="record_grade"),
            models.CheckConstraint(condition=Q(minutes_given__range=(1, 1440)), name="record_minutes_given"),
            models.CheckConstraint(condition=Q(minutes__lte=1440), name="record_minutes"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="record_span"),
            # Somebody else confirms, and a confirmed record says who.
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_CONFIRMER)
                | (Q(confirmed_by__isnull=False) & Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
                name="record_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RecordState.DISPUTED, RecordState.VOIDED]) | ~Q(reason=""),
                name="record_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.activity}"

    @property
    def counts(self) -> bool:
        return self.state == RecordState.CONFIRMED


class RecordChange(models.Model):
    """Who did what to a record, when and why; the database refuses to change or delete a row (migration 0002)."""

    record = models.ForeignKey(ServiceRecord, models.PROTECT, related_name="changes", verbose_name=_("服务记录"))
    at = models.DateTimeField(_("时间"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁"))
    to_state = models.CharField(_("成为"), max_length=12, choices=RecordState.choices)
    why = models.CharField(_("原因"), max_length=200, blank=True)
    before = models.JSONField(_("之前"), default=dict)
    after = models.JSONField(_("之后"), default=dict)

    class Meta:
        verbose_name = _("记录变动")
        verbose_name_plural = _("记录变动")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_to_state_display()}"
