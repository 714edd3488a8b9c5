"""A call for proposals (征集公告)."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from portal.core import phones, queries
from portal.ventures import standard
from portal.ventures.enums import CallStage
from portal.ventures.stages import stage

TEXT = ["h3", "bold", "ol", "ul", "link", "document-link"]


def default_ceiling() -> int:
    """Yuan for one project, from the tenant's rules."""
    return queries.rules().venture_ceiling


class Call(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """An announcement that seeks proposals; its stage follows its dates and is never typed."""

    number = models.CharField(
        _("文号"), max_length=40, unique=True, help_text=_("由主管拟定，不能重复，如：津助老创投〔2026〕1号。")
    )
    title = models.CharField(_("标题"), max_length=80)
    summary = models.TextField(_("摘要"), max_length=160, blank=True, help_text=_("列表里用，一两句话。"))
    brand = models.ForeignKey(
        "core.Brand", models.SET_NULL, null=True, blank=True, related_name="calls", verbose_name=_("品牌")
    )
    organiser = models.CharField(_("征集单位"), max_length=60)
    sought = RichTextField(_("征集什么"), features=TEXT, blank=True)
    eligibility = RichTextField(_("谁可以申报"), features=TEXT, blank=True, default=standard.eligibility)
    hand_in = RichTextField(
        _("怎么递交"), features=TEXT, blank=True, help_text=_("交到哪里、交几份、当面还是邮寄、以什么时间为准。")
    )
    ceiling = models.PositiveIntegerField(_("单个上限（元）"), default=default_ceiling)
    awards = models.PositiveSmallIntegerField(_("拟立项数"), null=True, blank=True)
    funds = models.CharField(_("资金"), max_length=60, blank=True, help_text=_("总额和来源，如：200万元，福彩公益金。"))
    term = models.CharField(_("项目周期"), max_length=40, blank=True, help_text=_("如：2027年1月—11月。"))

    published_on = models.DateField(_("公告日期"), default=timezone.localdate)
    opens_at = models.DateTimeField(_("开始接收"))
    closes_at = models.DateTimeField(_("停止接收"))
    bids_opened_at = models.DateTimeField(_("统一开启"), null=True, blank=True)
    publicity_from = models.DateField(_("公示开始"), null=True, blank=True)
    publicity_to = models.DateField(_("公示截止"), null=True, blank=True)
    results_on = models.DateField(_("公布结果"), null=True, blank=True)
    cancelled_on = models.DateField(_("终止日期"), null=True, blank=True)
    cancelled_reason = models.CharField(_("终止原因"), max_length=160, blank=True)

    contact_name = models.CharField(_("咨询人"), max_length=30, blank=True)
    contact_phone = models.CharField(_("咨询电话"), max_length=30, blank=True, validators=[phones.validate_phone])
    contact_hours = models.CharField(_("接听时间"), max_length=40, blank=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="call")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="call",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("征集公告")
        verbose_name_plural = _("征集公告")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="call_opens_before_closes",
                violation_error_message=_("“停止接收”要晚于“开始接收”。"),
            ),
            models.CheckConstraint(
                condition=Q(bids_opened_at__isnull=True) | Q(bids_opened_at__gte=F("closes_at")),
                name="call_opened_after_closing",
                violation_error_message=_("“统一开启”不能早于“停止接收”：截止前谁也不能打开。"),
            ),
            models.CheckConstraint(
                condition=Q(ceiling__gt=0), name="call_ceiling", violation_error_message=_("单个上限要大于0元。")
            ),
            models.CheckConstraint(
                condition=Q(awards__isnull=True) | Q(awards__gt=0),
                name="call_awards",
                violation_error_message=_("拟立项数要大于0；还没定就不填。"),
            ),
            models.CheckConstraint(
                condition=Q(publicity_from__isnull=True, publicity_to__isnull=True)
                | Q(publicity_from__isnull=False, publicity_to__isnull=False, publicity_from__lte=F("publicity_to")),
                name="call_publicity",
                violation_error_message=_("公示的开始和截止要一起填，截止不能早于开始。"),
            ),
            models.CheckConstraint(
                condition=Q(results_on__isnull=True)
                | Q(publicity_to__isnull=True)
                | Q(results_on__gt=F("publicity_to")),
                name="call_results",
                violation_error_message=_("公布结果要在公示截止以后。"),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancelled_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancelled_reason="")),
                name="call_cancelled_with_reason",
                violation_error_message=_("终止要同时写明日期和原因。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The call and its lists together: what is between them would not sum to a hundred."""
        with transaction.atomic():
            super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("ventures:detail", args=[self.pk])

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def stage(self) -> CallStage:
        return stage(self, timezone.now())

    @property
    def contact_url(self) -> str:
        return phones.dial(self.contact_phone)

    def clean(self) -> None:
        super().clean()
        if self.contact_phone:
            self.contact_phone = phones.clean_phone(self.contact_phone)
        self._check_publicity()

    def _check_publicity(self) -> None:
        if self.publicity_from and self.closes_at and self.publicity_from <= self._closing_day():
            raise ValidationError({"publicity_from": _("公示要在停止接收以后开始。")})

    def _closing_day(self) -> dt.date:
        return timezone.localtime(self.closes_at).date()

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "ventures/call.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from portal.ventures.page import call_context

        return {"request": request, **call_context(self, now=timezone.now())}
