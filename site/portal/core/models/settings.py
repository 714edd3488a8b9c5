"""What a tenant says of itself, and the numbers its policies set."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("颜色写成 #8c2730 这样的六位十六进制。"))


def _colour(label: str, default: str) -> models.CharField:
    return models.CharField(label, max_length=7, default=default, validators=[_COLOUR])


@register_setting(icon="home")
class SiteIdentity(BaseGenericSetting):
    """Name, mark and ruling ink of the site."""

    site_name = models.CharField(_("网站名称"), max_length=30, default="银龄")
    tagline = models.CharField(_("副题"), max_length=60, blank=True)
    plate = models.CharField(_("字标"), max_length=1, default="银", help_text=_("没有标志时用的一个字。"))
    logo = models.ForeignKey(
        "core.SiteImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("标志")
    )
    phone = models.CharField(_("咨询电话"), max_length=30, blank=True)
    phone_hours = models.CharField(_("接听时间"), max_length=40, blank=True)
    accent = _colour(_("主色"), "#234a78")
    accent_deep = _colour(_("主色（深）"), "#15335a")
    on_accent = _colour(_("主色上的字"), "#ffffff")
    lamp = _colour(_("灯光色"), "#e9cf8b")
    paper = _colour(_("纸色"), "#fbfcfd")
    ink = _colour(_("墨色"), "#181b20")
    elder_accent = _colour(_("长者模式主色"), "#183c68")
    elder_accent_deep = _colour(_("长者模式主色（深）"), "#0d2748")

    class Meta:
        verbose_name = _("网站标识")


@register_setting(icon="doc-full")
class LegalFooter(BaseGenericSetting):
    """The lines a government site must carry; empty ones are not shown (domain rules for government sites)."""

    organiser = models.CharField(_("主办单位"), max_length=80, blank=True)
    operator = models.CharField(_("承办单位"), max_length=80, blank=True)
    site_code = models.CharField(
        _("网站标识码"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{10}$", _("网站标识码是10位数字。"))],
    )
    icp = models.CharField(_("ICP备案号"), max_length=40, blank=True)
    police = models.CharField(_("公安备案号"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    complaints = models.CharField(_("投诉举报"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("页脚")


@register_setting(icon="list-ol")
class RuleSettings(BaseGenericSetting):
    """Policy numbers, each with its source; features read them here and nowhere else."""

    min_age = models.PositiveSmallIntegerField(
        _("最低年龄"), default=10, help_text=_("满此岁数可以注册（《志愿服务记录与证明出具办法》配套规定）。")
    )
    guardian_below = models.PositiveSmallIntegerField(
        _("监护人同意的年龄界限"), default=18, help_text=_("未满此岁数须监护人同意。")
    )
    record_within_workdays = models.PositiveSmallIntegerField(
        _("记录期限（工作日）"), default=10, help_text=_("活动结束后多少个工作日内记录（民政部令第67号）。")
    )
    day_cap_minutes = models.PositiveSmallIntegerField(
        _("每人每日自动计入上限（分钟）"), default=480, help_text=_("默认8小时。")
    )
    rounding_minutes = models.PositiveSmallIntegerField(
        _("时长取整（分钟）"), default=30, help_text=_("默认每半小时：不足15分钟不计，15—45分钟计半小时。")
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
    hide_cells_below = models.PositiveSmallIntegerField(
        _("统计少于此数不公布"), default=5, help_text=_("公开的统计小于此数时显示“少于5”。")
    )
    staff_idle_minutes = models.PositiveSmallIntegerField(_("工作人员无操作退出（分钟）"), default=30)

    class Meta:
        verbose_name = _("规则与期限")
