"""The written consent of a person whose name or picture is published, with its end."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.stories.enums import PersonKind


class Consent(models.Model):
    """One person's agreement to be named or shown (个人信息保护法 art. 29: separate; art. 31: guardians)."""

    person = models.CharField(_("本人"), max_length=40, help_text=_("与案例里显示的姓名或称呼一致，如 张奶奶。"))
    kind = models.CharField(_("是谁"), max_length=10, choices=PersonKind.choices, default=PersonKind.ELDER)
    covers = models.CharField(_("同意什么"), max_length=80, default=_("姓名和照片用于本站典型案例"))
    given_on = models.DateField(_("同意日期"))
    valid_until = models.DateField(_("有效期至"), help_text=_("过了这一天，用到它的案例自动不再公开。"))
    guardian = models.CharField(
        _("监护人"), max_length=40, blank=True, help_text=_("未成年人，或者不能自己表示意愿的老人，由监护人签。")
    )
    document = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("同意书扫描件"),
        help_text=_("请放在“同意书（不公开）”文件夹里，只有工作人员能打开。"),
    )
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True, help_text=_("本人或监护人撤回的日期。"))
    note = models.CharField(_("备注"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("同意书")
        verbose_name_plural = _("同意书")
        ordering = ["valid_until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("given_on")),
                name="consent_period",
                violation_error_message=_("有效期不能早于同意日期。"),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn",
                violation_error_message=_("撤回日期不能早于同意日期。"),
            ),
            models.CheckConstraint(
                condition=~Q(kind=PersonKind.MINOR) | ~Q(guardian=""),
                name="consent_guardian",
                violation_error_message=_("未成年人的同意书要写明监护人。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.valid_until:%Y-%m-%d}止）"

    def holds_on(self, day: dt.date) -> bool:
        """Whether it allows publication on `day`; the last day still counts, the day of withdrawal does not."""
        withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= day
        return self.given_on <= day <= self.valid_until and not withdrawn

    @classmethod
    def not_holding(cls, day: Any, prefix: str = "") -> Q:
        """The same rule for a query: consents that do not allow publication on `day`."""
        return (
            Q(**{f"{prefix}given_on__gt": day})
            | Q(**{f"{prefix}valid_until__lt": day})
            | Q(**{f"{prefix}withdrawn_on__lte": day})
        )


class ConsentUse(models.Model):
    """A published story stands on this consent; written when the story is saved live, read by the clock."""

    story = models.ForeignKey("stories.StoryPage", models.CASCADE, related_name="consent_uses")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="uses")

    class Meta:
        verbose_name = _("同意书的使用")
        constraints = [models.UniqueConstraint(fields=["story", "consent"], name="consentuse_once")]

    def __str__(self) -> str:
        return f"{self.story_id} · {self.consent_id}"
