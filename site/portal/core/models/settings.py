"""What a tenant says of itself, and the numbers its policies set."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from portal.core import theme
from portal.core.models.honour_rules import HONOUR_PANEL, HonourRules

_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("颜色写成 #8c2730 这样的六位十六进制。"))


def _colour(label: Any, default: str, help_text: Any = "") -> models.CharField:
    return models.CharField(label, max_length=7, default=default, validators=[_COLOUR], help_text=help_text)


@register_setting(icon="home", order=100)
class SiteIdentity(BaseGenericSetting):
    """Name, mark and ruling ink of the site."""

    site_name = models.CharField(
        _("网站名称"), max_length=30, default="银龄", help_text=_("页眉和每页标题里用，如“津牌养老”。")
    )
    tagline = models.CharField(
        _("副题"), max_length=60, blank=True, help_text=_("名称下面的一行小字，如“天津市为老志愿服务”。")
    )
    plate = models.CharField(
        _("字标"), max_length=1, default="银", help_text=_("没有标志时用的一个字，一般是简称：津、桂、邕。")
    )
    logo = models.ForeignKey(
        "core.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("标志"),
        help_text=_("本单位自己的标志；不要用国徽、党徽和官方徽标。"),
    )
    phone = models.CharField(
        _("咨询电话"), max_length=30, blank=True, help_text=_("长者模式里每件事旁边都有这个电话。")
    )
    phone_hours = models.CharField(_("接听时间"), max_length=40, blank=True, help_text=_("如“工作日 9:00—17:00”。"))
    accent = _colour(_("主色"), "#234a78", _("线、链接、大数字和主按钮的颜色；纸色上对比度不低于7:1。"))
    accent_deep = _colour(_("主色（深）"), "#15335a", _("指针移到上面时。"))
    on_accent = _colour(_("主色上的字"), "#ffffff", _("主色上对比度不低于4.5:1。"))
    lamp = _colour(_("灯光色"), "#e9cf8b", _("节日、搜索命中、电话后面的底色，不作文字颜色。"))
    paper = _colour(_("纸色"), "#fbfcfd", _("页面底色，接近白。"))
    ink = _colour(_("墨色"), "#181b20", _("正文颜色；纸色上对比度不低于7:1。"))
    elder_accent = _colour(_("长者模式主色"), "#183c68", _("白底上对比度不低于7:1。"))
    elder_accent_deep = _colour(_("长者模式主色（深）"), "#0d2748")

    panels = [
        MultiFieldPanel(
            [FieldPanel("site_name"), FieldPanel("tagline"), FieldPanel("plate"), FieldPanel("logo")],
            heading=_("名称和标志"),
        ),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("phone_hours")], heading=_("咨询")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("accent"), FieldPanel("accent_deep"), FieldPanel("on_accent")]),
                FieldRowPanel([FieldPanel("lamp"), FieldPanel("paper"), FieldPanel("ink")]),
                FieldRowPanel([FieldPanel("elder_accent"), FieldPanel("elder_accent_deep")]),
            ],
            heading=_("颜色"),
            help_text=_("一个站点一种墨色，像信纸上的格线。看不清的组合存不进去。"),
        ),
    ]

    class Meta:
        verbose_name = _("网站标识")

    def clean(self) -> None:
        """Colours that cannot be read are refused, with the pair and its contrast."""
        super().clean()
        theme.refuse_unreadable(self)


def default_star_hours() -> list[int]:
    """Hours of one to five stars."""
    return [100, 300, 600, 1000, 1500]


@register_setting(icon="list-ol", order=120)
class RuleSettings(HonourRules, BaseGenericSetting):
    """Policy numbers, each with its source; features read them here and nowhere else."""

    min_age = models.PositiveSmallIntegerField(
        _("最低年龄"),
        default=10,
        validators=[MinValueValidator(6)],
        help_text=_("满此岁数可以注册；未满的由监护人带着参加。默认10岁。"),
    )
    guardian_below = models.PositiveSmallIntegerField(
        _("监护人同意的年龄界限"), default=18, help_text=_("未满此岁数须监护人同意。默认18岁。")
    )
    helper_age_from = models.PositiveSmallIntegerField(
        _("老助老志愿者年龄起"), default=60, help_text=_("“手足情”志愿者一般60岁至70岁（津民发〔2023〕30号二（二））。")
    )
    helper_age_to = models.PositiveSmallIntegerField(
        _("老助老志愿者年龄止"), default=70, help_text=_("身体好、热情高的可以适当放宽，由负责人决定。")
    )
    record_within_workdays = models.PositiveSmallIntegerField(
        _("记录期限（工作日）"), default=10, help_text=_("活动结束后多少个工作日内记录（民政部令第67号）。")
    )
    day_cap_minutes = models.PositiveSmallIntegerField(
        _("每人每日自动计入上限（分钟）"), default=480, help_text=_("默认8小时；超过的由上级组织确认。")
    )
    day_cap_officer_minutes = models.PositiveSmallIntegerField(
        _("每人每日须主管确认的界限（分钟）"), default=720, help_text=_("默认12小时；超过的只有主管能确认。")
    )
    rounding_minutes = models.PositiveSmallIntegerField(
        _("时长取整（分钟）"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("默认每半小时：不足15分钟不计，15—45分钟计半小时。"),
    )
    star_hours = ArrayField(
        models.PositiveIntegerField(),
        size=5,
        default=default_star_hours,
        verbose_name=_("一至五星的小时数"),
        help_text=_("五个数，用逗号隔开；默认100,300,600,1000,1500。"),
    )
    star_source = models.CharField(
        _("星级的依据"),
        max_length=40,
        blank=True,
        help_text=_("写在志愿者证上，如“本市星级志愿者评定办法第五条”；不填就写“本站规则”。"),
    )
    publicity_workdays = models.PositiveSmallIntegerField(
        _("公示期（工作日）"), default=5, help_text=_("星级、立项等公示不少于多少个工作日。")
    )
    venture_ceiling = models.PositiveIntegerField(
        _("创投单个项目上限（元）"), default=100_000, help_text=_("新建征集公告时的默认值。")
    )
    directory_check_months = models.PositiveSmallIntegerField(
        _("名录核对周期（月）"), default=6, help_text=_("对接名录每半年公布一次（津民发〔2023〕30号四（二））。")
    )
    late_entry_after_hours = models.PositiveSmallIntegerField(
        _("补录界限（小时）"), default=24, help_text=_("班次结束后超过此时限才点名的，按事后补录记。")
    )
    late_entry_cap_minutes = models.PositiveSmallIntegerField(
        _("补录每人每日上限（分钟）"), default=240, help_text=_("事后补录须由另一人确认，且不超过此数。默认4小时。")
    )
    family_limit = models.PositiveSmallIntegerField(
        _("一家人最多几人"), default=6, help_text=_("一个人带家人同去时，连同本人最多几人。")
    )
    late_withdrawal_hours = models.PositiveSmallIntegerField(
        _("临时退出界限（小时）"), default=24, help_text=_("开始前不足此时限退出的，通知带队人。")
    )
    share_link_days = models.PositiveSmallIntegerField(
        _("证书分享链接有效期（天）"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("志愿者发给别人的下载链接，到期自己失效。默认30天。"),
    )
    school_file_days = models.PositiveSmallIntegerField(
        _("学校证书包保留（天）"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("学校打包下载的文件，到期自动删除。默认7天。"),
    )
    first_term_month = models.PositiveSmallIntegerField(
        _("第一学期从几月起"), default=9, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    second_term_month = models.PositiveSmallIntegerField(
        _("第二学期从几月起"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("学校按学期下载证书时用，从当月1日算起。默认9月和2月。"),
    )
    certificate_second_person = models.BooleanField(
        _("出具记录证明须主管核对"),
        default=False,
        help_text=_("申请后先由一位主管核对，同意了才取编号。民政部令第67号没有这样要求，默认不需要。"),
    )
    correction_workdays = models.PositiveSmallIntegerField(
        _("更正申请答复期限（工作日）"),
        default=10,
        validators=[MinValueValidator(1)],
        help_text=_("志愿者可以要求更正（民政部令第67号），期限由本站定。默认10个工作日。"),
    )
    certificate_years = models.PositiveSmallIntegerField(
        _("证书保存（年）"),
        default=10,
        validators=[MinValueValidator(10)],
        help_text=_("志愿服务记录至少保存10年（民政部令第67号）。账号停用的，期满后删去证书内容，只留编号。"),
    )
    revocation_second_person = models.BooleanField(
        _("撤销证书须第二人确认"), default=True, help_text=_("一位主管提出，另一位主管确认。默认需要。")
    )
    consent_notice_days = models.PositiveSmallIntegerField(
        _("同意书到期提前提醒（天）"), default=30, help_text=_("典型案例里的同意书到期前多少天提醒宣传人员续签。")
    )
    call_notice_days = models.PositiveSmallIntegerField(
        _("征集截止提前提醒（天）"), default=7, help_text=_("征集公告停止接收前多少天提醒主管。")
    )
    hide_cells_below = models.PositiveSmallIntegerField(
        _("统计少于此数不公布"), default=5, help_text=_("公开的统计小于此数时显示“少于5”。")
    )
    staff_idle_minutes = models.PositiveSmallIntegerField(
        _("工作人员无操作退出（分钟）"), default=30, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("min_age"), FieldPanel("guardian_below")]),
                FieldRowPanel([FieldPanel("helper_age_from"), FieldPanel("helper_age_to")]),
            ],
            heading=_("谁能来"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("record_within_workdays"),
                FieldRowPanel([FieldPanel("day_cap_minutes"), FieldPanel("day_cap_officer_minutes")]),
                FieldRowPanel([FieldPanel("late_entry_after_hours"), FieldPanel("late_entry_cap_minutes")]),
                FieldRowPanel([FieldPanel("rounding_minutes"), FieldPanel("star_hours")]),
                FieldPanel("star_source"),
            ],
            heading=_("时长怎么算"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("family_limit"), FieldPanel("late_withdrawal_hours")])], heading=_("报名")
        ),
        MultiFieldPanel(
            [
                FieldPanel("certificate_second_person"),
                FieldRowPanel([FieldPanel("correction_workdays"), FieldPanel("certificate_years")]),
                FieldPanel("revocation_second_person"),
                FieldRowPanel([FieldPanel("share_link_days"), FieldPanel("school_file_days")]),
                FieldRowPanel([FieldPanel("first_term_month"), FieldPanel("second_term_month")]),
            ],
            heading=_("证书"),
        ),
        HONOUR_PANEL,
        MultiFieldPanel(
            [
                FieldPanel("publicity_workdays"),
                FieldRowPanel([FieldPanel("venture_ceiling"), FieldPanel("call_notice_days")]),
                FieldPanel("directory_check_months"),
                FieldPanel("consent_notice_days"),
            ],
            heading=_("公示、创投、名录和案例"),
        ),
        MultiFieldPanel([FieldPanel("hide_cells_below"), FieldPanel("staff_idle_minutes")], heading=_("安全")),
    ]

    class Meta:
        verbose_name = _("规则与期限")
        constraints = [
            models.CheckConstraint(condition=models.Q(certificate_years__gte=10), name="rules_certificates_kept")
        ]

    def clean(self) -> None:
        """Limits stand in order, so that no rule is empty."""
        super().clean()
        pairs = [("min_age", "guardian_below"), ("helper_age_from", "helper_age_to")]
        pairs.append(("day_cap_minutes", "day_cap_officer_minutes"))
        errors = {
            upper: _("不能小于“%(lower)s”。") % {"lower": self._meta.get_field(lower).verbose_name}
            for lower, upper in pairs
            if _both(self, lower, upper) and getattr(self, lower) > getattr(self, upper)
        }
        if _both(self, "first_term_month", "second_term_month") and self.first_term_month == self.second_term_month:
            errors["second_term_month"] = _("两个学期不能从同一个月开始。")
        if self.star_hours and sorted(set(self.star_hours)) != list(self.star_hours):
            errors["star_hours"] = _("五个数要从小到大，不能重复。")
        if errors:
            raise ValidationError(errors)


def _both(settings: RuleSettings, *names: str) -> bool:
    return all(getattr(settings, name) is not None for name in names)
