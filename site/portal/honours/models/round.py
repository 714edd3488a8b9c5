"""A round of honorary certificates, and everybody who was considered for it."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from portal.honours.enums import EntryState, RoundOccasion, RoundState, Why
from portal.organisations.models import Organisation
from portal.projects.models import Project
from portal.volunteers.models import Volunteer

_APPROVED = [RoundState.APPROVED, RoundState.DONE]


class Round(models.Model):
    """Who is honoured for what, by which conditions; moved by `honours.domain` alone.

    No project named means every project of the period. `alone` says that the tenant wanted no second person.
    """

    occasion = models.CharField(_("颁发事由"), max_length=12, choices=RoundOccasion.choices)
    title = models.CharField(_("活动名称"), max_length=60, help_text=_("写进证书，如“2026年敬老月”。"))
    start = models.DateField(_("从"))
    end = models.DateField(_("到"))
    projects = models.ManyToManyField(
        Project,
        blank=True,
        related_name="+",
        verbose_name=_("算哪些项目"),
        help_text=_("一个也不选，就是期间的所有项目。"),
    )
    least_minutes = models.PositiveIntegerField(_("至少多少分钟"))
    least_days = models.PositiveSmallIntegerField(_("至少多少天"), default=1, validators=[MinValueValidator(1)])
    state = models.CharField(_("状态"), max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    listed_at = models.DateTimeField(_("名单生成时间"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"), null=True, blank=True)
    alone = models.BooleanField(_("不需要第二人"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准人")
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    note = models.CharField(_("退回说明"), max_length=200, blank=True, default="")
    finished_at = models.DateTimeField(_("办完时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("授予批次")
        verbose_name_plural = _("授予批次")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state"),
            models.CheckConstraint(condition=Q(occasion__in=RoundOccasion.values), name="round_occasion"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="round_period"),
            models.CheckConstraint(condition=Q(least_minutes__gte=1, least_days__gte=1), name="round_conditions"),
            models.CheckConstraint(
                condition=~Q(state=RoundState.PROPOSED) | Q(proposed_by__isnull=False, proposed_at__isnull=False),
                name="round_proposed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_APPROVED)
                | (
                    Q(proposed_by__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                    & (Q(alone=True) | ~Q(decided_by=F("proposed_by")))
                ),
                name="round_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.DONE) | Q(finished_at__isnull=False), name="round_finished_when"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_for_groups(self) -> bool:
        """Its certificates go to organisations, not to persons."""
        return self.occasion == RoundOccasion.GROUP

    @property
    def is_draft(self) -> bool:
        return self.state == RoundState.DRAFT


class Entry(models.Model):
    """A volunteer or an organisation in a round, with what their records came to when they were last looked at.

    `minutes`, `days` and `people` count confirmed records alone; `unsettled` are the minutes that wait or are
    disputed, `paid` those of activities with pay. `fell_out` were chosen and no longer fulfil what they did. `by_hand`
    were taken out by an officer and stay so, also while `why` names a condition that they do not fulfil. `forgotten`
    had a certificate whose time is over: which one it was is not known any more.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="entries", verbose_name=_("授予批次"))
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("志愿者")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("组织")
    )
    state = models.CharField(_("状态"), max_length=8, choices=EntryState.choices)
    why = models.CharField(_("为什么没有列入"), max_length=12, choices=Why.choices, blank=True, default="")
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")
    minutes = models.PositiveIntegerField(_("已确认分钟"), default=0)
    days = models.PositiveIntegerField(_("服务天数"), default=0)
    people = models.PositiveIntegerField(_("志愿者人数"), default=0)
    unsettled = models.PositiveIntegerField(_("没确认或有异议的分钟"), default=0)
    paid = models.PositiveIntegerField(_("有报酬的分钟"), default=0)
    fell_out = models.BooleanField(_("批准后落选"), default=False)
    forgotten = models.BooleanField(_("证书保存期已满"), default=False)
    by_hand = models.BooleanField(_("经办人去掉"), default=False)
    certificate = models.OneToOneField(
        Certificate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("证书")
    )

    class Meta:
        verbose_name = _("批次名单")
        verbose_name_plural = _("批次名单")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["round", "volunteer"], name="entry_person_once"),
            models.UniqueConstraint(fields=["round", "organisation"], name="entry_group_once"),
            models.CheckConstraint(
                condition=Q(volunteer__isnull=False, organisation__isnull=True)
                | Q(volunteer__isnull=True, organisation__isnull=False),
                name="entry_person_or_group",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.CHOSEN, why="", certificate__isnull=True)
                | Q(state=EntryState.LEFT_OUT, why__in=Why.values, certificate__isnull=True)
                | Q(state=EntryState.ISSUED, why="", certificate__isnull=False)
                | Q(state=EntryState.ISSUED, why="", forgotten=True),
                name="entry_state",
            ),
            models.CheckConstraint(
                condition=Q(by_hand=False) & ~Q(why=Why.BY_HAND) | Q(by_hand=True, state=EntryState.LEFT_OUT),
                name="entry_by_hand_left_out",
            ),
        ]
        # In the order in which a round is issued: of thousands that wait the next one is found without a look at them.
        indexes = [models.Index(fields=["round", "state", "id"], name="entry_by_state")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.volunteer_id or self.organisation_id}"
