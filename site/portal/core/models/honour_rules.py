"""The policy numbers of honorary certificates, a part of the rules and terms of a tenant."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class HonourRules(models.Model):
    """Who approves, and what a new round of awards asks for unless its officer says otherwise."""

    award_second_person = models.BooleanField(
        _("颁发荣誉证书须第二人批准"), default=True, help_text=_("一位主管提出，另一位主管批准。默认需要。")
    )
    campaign_hours = models.PositiveSmallIntegerField(
        _("主题活动证书至少几小时"),
        default=8,
        validators=[MinValueValidator(1)],
        help_text=_("敬老月等主题活动（津民发〔2023〕30号三（六）），新建授予批次时的默认值。"),
    )
    student_week_hours = models.PositiveSmallIntegerField(
        _("学生一周实践证书至少几小时"), default=20, validators=[MinValueValidator(1)]
    )
    student_week_days = models.PositiveSmallIntegerField(
        _("学生一周实践证书至少几天"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("“为期1周”并颁发志愿服务证书（八桂银龄守护方案四（一）1），按5天、每天4小时算。"),
    )
    group_award_hours = models.PositiveSmallIntegerField(
        _("组织证书至少几小时"),
        default=40,
        validators=[MinValueValidator(1)],
        help_text=_("组织、团队在期间内合计的时长，新建授予批次时的默认值。"),
    )

    class Meta:
        abstract = True


HONOUR_PANEL = MultiFieldPanel(
    [
        FieldPanel("award_second_person"),
        FieldRowPanel([FieldPanel("campaign_hours"), FieldPanel("group_award_hours")]),
        FieldRowPanel([FieldPanel("student_week_hours"), FieldPanel("student_week_days")]),
    ],
    heading=_("荣誉证书"),
)
