"""How far a school's file is, and why something is not in it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class BundleState(models.TextChoices):
    """Only `ready` can be downloaded; `ended` has no file any more."""

    QUEUED = "queued", _("排队等候")
    MAKING = "making", _("正在打包")
    READY = "ready", _("可以下载")
    FAILED = "failed", _("没有做成")
    ENDED = "ended", _("已删除")


BUNDLE_MOVES: dict[Any, frozenset[Any]] = {
    BundleState.QUEUED: frozenset({BundleState.MAKING, BundleState.READY, BundleState.FAILED, BundleState.ENDED}),
    BundleState.MAKING: frozenset({BundleState.READY, BundleState.FAILED, BundleState.ENDED}),
    BundleState.READY: frozenset({BundleState.ENDED}),
    BundleState.FAILED: frozenset({BundleState.QUEUED, BundleState.ENDED}),
    BundleState.ENDED: frozenset(),
}
#: The worker has something to do.
OPEN = (BundleState.QUEUED, BundleState.MAKING)


class ItemState(models.TextChoices):
    WAITING = "waiting", _("还没装")
    PACKED = "packed", _("已装入")
    LEFT_OUT = "left_out", _("没有装入")


class LeftOut(models.TextChoices):
    """Why a pupil or a certificate is not in the file; the first four concern the pupil, the rest the certificate."""

    NO_CONSENT = "no_consent", _("本人没有同意学校下载")
    NO_GUARDIAN = "no_guardian", _("未成年，还差监护人同意")
    NOT_OF_SCHOOL = "not_of_school", _("已不在本校名单里")
    NO_CERTIFICATE = "no_certificate", _("这段时间里没有有效的证书")
    ENDED = "ended", _("证书已被撤销或替换")
    DAMAGED = "damaged", _("存档文件读不出来，请告诉本站管理员")
