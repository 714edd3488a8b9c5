"""A file with the certificates of a school's pupils, and what goes into it."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from portal.organisations.models import Membership, Organisation
from portal.schools.enums import OPEN, BundleState, ItemState, LeftOut


def new_key() -> str:
    """By which a file is found; 72 bits."""
    return secrets.token_hex(9)


class Bundle(models.Model):
    """One ZIP that a school's manager asked for; moved by `schools.domain` alone.

    `written` is how many bytes of the unfinished file are certain: whoever goes on cuts off what stands behind them.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bundles", verbose_name=_("学校"))
    key = models.CharField(max_length=18, unique=True, default=new_key)
    state = models.CharField(_("状态"), max_length=8, choices=BundleState.choices, default=BundleState.QUEUED)
    class_name = models.CharField(_("班级"), max_length=40, blank=True, default="")
    start = models.DateField(_("从"))
    end = models.DateField(_("到"))
    listed = models.BooleanField(_("按名单选的"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    moved_at = models.DateTimeField(_("最近一步"), default=timezone.now)
    total = models.PositiveIntegerField(_("证书张数"))
    packed = models.PositiveIntegerField(_("已装入"), default=0)
    left_out = models.PositiveIntegerField(_("没有装入"), default=0)
    written = models.PositiveBigIntegerField(_("已写字节"), default=0)
    attempts = models.PositiveSmallIntegerField(_("制作次数"), default=0)
    failure = models.CharField(_("失败原因"), max_length=60, blank=True, default="")
    sha256 = models.CharField(_("文件SHA-256"), max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(_("文件字节数"), default=0)
    ends_at = models.DateTimeField(_("到期时间"), null=True, blank=True)
    first_taken_at = models.DateTimeField(_("首次下载"), null=True, blank=True)

    class Meta:
        verbose_name = _("学校的证书包")
        verbose_name_plural = _("学校的证书包")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(state__in=OPEN), name="bundle_one_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=BundleState.values), name="bundle_state"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="bundle_period"),
            models.CheckConstraint(condition=Q(total__gte=1), name="bundle_not_empty"),
            models.CheckConstraint(condition=Q(total__gte=F("packed") + F("left_out")), name="bundle_counts"),
            models.CheckConstraint(
                condition=~Q(state=BundleState.READY)
                | Q(
                    total=F("packed") + F("left_out"),
                    sha256__regex=r"^[0-9a-f]{64}$",
                    size__gt=0,
                    ends_at__isnull=False,
                ),
                name="bundle_ready_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def done(self) -> int:
        """Certificates looked at so far."""
        return self.packed + self.left_out

    @property
    def file_name(self) -> str:
        """Where the finished file lies in the storage of certificates."""
        return f"bundles/{self.key}.zip"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_downloadable(self) -> Any:
        """Ready, and its days are not over, whether the clock has been there or not."""
        return self.state == BundleState.READY and self.ends_at is not None and self.ends_at > timezone.now()


class BundleItem(models.Model):
    """One certificate of a bundle; where its bytes begin in the file once it is packed."""

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="items")
    place = models.PositiveIntegerField(_("次序"))
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+", verbose_name=_("证书"))
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("学生"))
    state = models.CharField(_("状态"), max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    reason = models.CharField(_("为什么没有"), max_length=16, choices=LeftOut.choices, blank=True, default="")
    entry = models.CharField(_("文件名"), max_length=200, blank=True, default="")
    offset = models.PositiveBigIntegerField(null=True)
    size = models.PositiveIntegerField(null=True)
    crc = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["bundle", "place"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["bundle", "place"], name="bundle_item_place"),
            models.UniqueConstraint(fields=["bundle", "certificate"], name="bundle_item_once"),
            models.CheckConstraint(
                condition=Q(state=ItemState.WAITING, reason="", offset__isnull=True)
                | Q(state=ItemState.LEFT_OUT, reason__in=LeftOut.values, offset__isnull=True)
                | Q(state=ItemState.PACKED, reason="", offset__isnull=False, size__isnull=False, crc__isnull=False),
                name="bundle_item_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.place}"
