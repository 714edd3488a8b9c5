"""The lines at the foot of each page of a tenant."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="doc-full", order=110)
class LegalFooter(BaseGenericSetting):
    """The lines a government site must carry; empty ones are not shown (国办发〔2017〕47号, GB/T government sites)."""

    organiser = models.CharField(_("主办单位"), max_length=80, blank=True)
    operator = models.CharField(_("承办单位"), max_length=80, blank=True)
    site_code = models.CharField(
        _("网站标识码"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{10}$", _("网站标识码是10位数字。"))],
        help_text=_("政府网站信息报送系统生成的10位数字；没有就不填，页脚不显示。"),
    )
    icp = models.CharField(_("ICP备案号"), max_length=40, blank=True, help_text=_("如“津ICP备00000000号-1”。"))
    police = models.CharField(_("公安备案号"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    complaints = models.CharField(
        _("投诉举报"), max_length=120, blank=True, help_text=_("时长造假、收费、冒名向谁反映，怎么联系。")
    )

    panels = [
        MultiFieldPanel([FieldPanel("organiser"), FieldPanel("operator")], heading=_("谁办的")),
        MultiFieldPanel([FieldPanel("site_code"), FieldPanel("icp"), FieldPanel("police")], heading=_("标识和备案")),
        MultiFieldPanel([FieldPanel("address"), FieldPanel("complaints")], heading=_("联系")),
    ]

    class Meta:
        verbose_name = _("页脚")
