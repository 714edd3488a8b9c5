"""The names under which a place runs its volunteering: 寸草心, 手足情, 八桂银龄守护 …"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Brand(models.Model):
    """A programme of the tenant; tenant data, first filled from the policy that governs the place."""

    slug = models.SlugField(_("网址名"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=30)
    tagline = models.CharField(_("一句话"), max_length=80, blank=True)
    description = models.TextField(_("说明"), blank=True)
    is_main = models.BooleanField(_("主品牌"), default=False, help_text=_("主品牌在首页各占一栏。"))
    is_active = models.BooleanField(_("使用中"), default=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("品牌")
        verbose_name_plural = _("品牌")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
