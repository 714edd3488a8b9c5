"""The registry in the public schema: who has a site, under which names, in which state."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants.enums import Level, TenantState


class Tenant(TenantMixin):
    """A province, city or district that runs its own site; one database schema each."""

    auto_create_schema = False

    name = models.CharField(_("全称"), max_length=60, help_text=_("如 天津市和平区"))
    short_name = models.CharField(_("简称"), max_length=20, help_text=_("如 和平区"))
    division_code = models.CharField(
        _("行政区划代码"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", _("行政区划代码应是6位数字。"))],
        help_text=_("GB/T 2260 六位代码"),
    )
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级站点")
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=TenantState.choices, default=TenantState.ACTIVE, editable=False
    )
    created_at = models.DateTimeField(_("开通时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("站点")
        verbose_name_plural = _("站点")
        ordering = ["division_code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(schema_name="public") | models.Q(schema_name__regex=r"^t_[a-z0-9_]{1,60}$"),
                name="tenant_schema_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """True for the row that stands for the platform itself."""
        return bool(self.schema_name == "public")


class Domain(DomainMixin):
    """A host name that leads to a tenant, without port."""

    class Meta:
        verbose_name = _("域名")
        verbose_name_plural = _("域名")

    def __str__(self) -> str:
        return str(self.domain)


class SchemaTemplate(models.Model):
    """The SQL of a freshly migrated, seeded schema, from which tenants are made."""

    fingerprint = models.CharField(max_length=64, unique=True)
    sql = models.TextField()
    built_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.fingerprint[:12]
