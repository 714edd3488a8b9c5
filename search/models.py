"""The projection in the public schema: what anybody may see, of every site, ready to be found."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


def _words(label: object) -> ArrayField:
    return ArrayField(models.CharField(max_length=24), verbose_name=label, default=list)


class Listing(models.Model):
    """One published thing, or one part of a long one. Written by `search.listings` alone."""

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="+", verbose_name=_("站点"))
    kind = models.CharField(_("种类"), max_length=20)
    source = models.CharField(_("来源"), max_length=40, help_text=_("站点内的主键"))
    part = models.CharField(_("部分"), max_length=40, blank=True)

    url = models.TextField(_("地址"))
    title = models.CharField(_("标题"), max_length=250)
    summary = models.TextField(_("摘要"), blank=True)
    body = models.TextField(_("正文"), blank=True)
    number = models.CharField(_("编号"), max_length=80, blank=True)
    organiser = models.CharField(_("单位"), max_length=120, blank=True)
    place = models.CharField(_("地点"), max_length=160, blank=True)
    shown = models.JSONField(_("列表里显示的"), default=dict)

    division_code = models.CharField(_("区划代码"), max_length=12, blank=True)
    places = _words(_("所在各级区划"))
    brand = models.CharField(_("品牌"), max_length=60, blank=True)
    services = _words(_("服务内容"))
    recipients = _words(_("服务对象"))
    participation = _words(_("谁可以来"))
    status = models.CharField(_("状态"), max_length=20, blank=True)
    marks = models.TextField(_("筛选值"), blank=True, default="", help_text=_("search.marks所写"))
    starts_at = models.DateTimeField(_("最近一次"), null=True)
    ends_at = models.DateTimeField(_("结束"), null=True)
    published_on = models.DateField(_("发布日期"), null=True)
    latitude = models.FloatField(_("纬度"), null=True)
    longitude = models.FloatField(_("经度"), null=True)

    visible_until = models.DateTimeField(_("可见至"), null=True)
    stale_at = models.DateTimeField(_("何时重写"), null=True)
    length = models.PositiveIntegerField(_("长度"), default=0)
    vector = SearchVectorField(_("全部的词"))
    prefixes = SearchVectorField(_("可以联想的开头"))
    fingerprint = models.CharField(_("内容摘要"), max_length=40)
    version = models.BigIntegerField(_("版本"))
    changed_at = models.DateTimeField(_("写入时间"))

    class Meta:
        verbose_name = _("公开条目")
        verbose_name_plural = _("公开条目")
        constraints = [models.UniqueConstraint(fields=["tenant", "kind", "source", "part"], name="listing_once")]
        indexes = [
            # A pending list would make every search read what the last saves left behind.
            GinIndex(fields=["vector"], name="listing_vector", fastupdate=False),
            GinIndex(fields=["prefixes"], name="listing_prefixes", fastupdate=False),
            models.Index(fields=["tenant", "kind", "starts_at"], name="listing_soonest"),
            models.Index(fields=["tenant", "-published_on"], name="listing_newest"),
            models.Index(fields=["published_on"], name="listing_published"),
            models.Index(fields=["tenant", "stale_at"], condition=Q(stale_at__isnull=False), name="listing_stale"),
        ]

    def __str__(self) -> str:
        return self.title


class Change(models.Model):
    """What a second engine does not know yet: one row a listing, with the version that it should know.

    Written in the transaction of the change, taken away when the engine has confirmed that version.
    """

    tenant_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True)
    version = models.BigIntegerField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "kind", "source", "part"], name="change_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source} {self.version}"


class EngineState(models.Model):
    """What the processes of this installation have met with the second engine; one row."""

    name = models.CharField(_("引擎"), max_length=20, primary_key=True)
    search_failing_since = models.DateTimeField(_("搜索改由PostgreSQL回答，自"), null=True)
    search_error = models.TextField(_("搜索的错误"), blank=True)
    fallbacks = models.BigIntegerField(_("改由PostgreSQL回答的次数"), default=0)
    fed_at = models.DateTimeField(_("最近一次同步"), null=True)
    feed_failing_since = models.DateTimeField(_("同步失败，自"), null=True)
    feed_error = models.TextField(_("同步的错误"), blank=True)
    rebuild_beat_at = models.DateTimeField(_("重建最近的进展"), null=True)
    rebuild_done = models.BigIntegerField(_("重建已写入"), default=0)

    class Meta:
        verbose_name = _("搜索引擎")
        verbose_name_plural = _("搜索引擎")

    def __str__(self) -> str:
        return self.name


class Scope(models.Model):
    """For which listings document frequencies were counted: one site, or with `tenant_id` 0 all of them."""

    tenant_id = models.BigIntegerField(primary_key=True)
    documents = models.PositiveIntegerField()
    mean_length = models.FloatField()
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.documents}"


class Frequency(models.Model):
    """In how many listings of a scope a term stands; only terms that are not rare."""

    scope = models.ForeignKey(Scope, models.CASCADE, db_index=False)
    term = models.CharField(max_length=120)
    documents = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "term"], name="frequency_once")]

    def __str__(self) -> str:
        return f"{self.term}: {self.documents}"


class Comparison(models.Model):
    """How the listings of a site stood when they were last compared with what is public there."""

    tenant = models.OneToOneField(Tenant, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("站点"))
    compared_at = models.DateTimeField(_("比对时间"))
    seconds = models.FloatField(_("用时（秒）"))
    listings = models.PositiveIntegerField(_("条目"))
    missing = models.PositiveIntegerField(_("缺少"))
    extra = models.PositiveIntegerField(_("多出"))
    outdated = models.PositiveIntegerField(_("过时"))
    examples = models.TextField(_("例如"), blank=True)

    class Meta:
        verbose_name = _("搜索条目比对")
        verbose_name_plural = _("搜索条目比对")
        ordering = ["tenant"]

    def __str__(self) -> str:
        return str(self.tenant)
