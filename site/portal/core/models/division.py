"""Streets, towns and communities of a tenant, found by the prefix of their code."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.enums import DivisionLevel


class Division(models.Model):
    """A place within the tenant: GB/T 2260 code of 6, street of 9, community of 12 digits."""

    code = models.CharField(
        _("代码"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^(\d{6}|\d{9}|\d{12})$", _("代码应是6、9或12位数字。"))],
    )
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=DivisionLevel.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )

    neighbours: Any = models.ManyToManyField(
        "self",
        blank=True,
        verbose_name=_("相邻的街道、社区"),
        help_text=_("按距离找项目时排在本地之后、全区之前；在一边填了，另一边也算。"),
    )

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^([0-9]{6}|[0-9]{9}|[0-9]{12})$"), name="division_code"
            )
        ]
        indexes = [models.Index(fields=["code"], name="division_code_prefix", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The leading digits shared by everything within."""
        if len(self.code) > 6:
            return self.code
        return {"province": self.code[:2], "city": self.code[:4]}.get(self.level, self.code)
