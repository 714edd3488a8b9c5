"""The registry in the public schema: who has a site, under which names, in which state."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants.enums import Level, TenantState

_HOST = r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$"


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
    state_reason = models.CharField(_("原因"), max_length=200, blank=True, editable=False)
    state_changed_at = models.DateTimeField(_("状态变更时间"), null=True, editable=False)
    created_at = models.DateTimeField(_("开通时间"), auto_now_add=True)
    migrations = models.CharField(_("数据库结构版本"), max_length=64, blank=True, editable=False)
    migrated_at = models.DateTimeField(_("最近迁移"), null=True, editable=False)
    migration_error = models.TextField(_("迁移失败"), blank=True, editable=False)

    class Meta:
        verbose_name = _("站点")
        verbose_name_plural = _("站点")
        ordering = ["division_code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(schema_name="public") | models.Q(schema_name__regex=r"^t_[a-z0-9_]{1,60}$"),
                name="tenant_schema_name",
            ),
            models.CheckConstraint(condition=models.Q(state__in=TenantState.values), name="tenant_state"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """True for the row that stands for the platform itself."""
        return bool(self.schema_name == "public")

    def __enter__(self) -> None:
        # TenantMixin keeps the tenants left behind in one list for all threads.
        raise TypeError("`with tenant:` is shared between threads; use tenant_context(tenant).")


class Domain(DomainMixin):
    """A host name that leads to a tenant, without port."""

    class Meta:
        verbose_name = _("域名")
        verbose_name_plural = _("域名")
        ordering = ["-is_primary", "domain"]
        constraints = [
            models.UniqueConstraint(fields=["tenant"], condition=models.Q(is_primary=True), name="domain_one_primary"),
            models.CheckConstraint(condition=models.Q(domain__regex=_HOST), name="domain_host"),
        ]

    def __str__(self) -> str:
        return str(self.domain)


class SchemaTemplate(models.Model):
    """The SQL of a freshly migrated, seeded schema, from which tenants are made."""

    fingerprint = models.CharField(max_length=64, unique=True)
    sql = models.TextField()
    built_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.fingerprint[:12]


class Worker(models.Model):
    """A process of `manage.py work` that has lately shown that it lives."""

    worker_id = models.CharField(_("进程"), max_length=64, primary_key=True)
    host = models.CharField(_("主机"), max_length=253)
    started_at = models.DateTimeField(_("开始时间"))
    beat_at = models.DateTimeField(_("最近心跳"), db_index=True)

    class Meta:
        verbose_name = _("后台进程")
        verbose_name_plural = _("后台进程")

    def __str__(self) -> str:
        return f"{self.host} {self.worker_id}"


class ClockJob(models.Model):
    """When a function of `tenants.clock` last ran; the row is the lock between several workers."""

    name = models.CharField(_("名称"), max_length=200, primary_key=True)
    last_run_at = models.DateTimeField(_("最近运行"))
    seconds = models.FloatField(_("用时（秒）"), default=0)
    error = models.TextField(_("最近错误"), blank=True)

    class Meta:
        verbose_name = _("定时任务")
        verbose_name_plural = _("定时任务")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Allowance(models.Model):
    """How much of something a visitor has used up within an hour; known by a digest alone, kept for a day."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    used = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="allowance_once")]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.used}"
