"""How a notice travels, and how far it has come."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The way beside the list of notices on the site, which every notice reaches."""

    SITE = "site", _("只在站内")
    MAIL = "mail", _("邮件")
    SMS = "sms", _("短信")


class DeliveryState(models.TextChoices):
    NONE = "none", _("无需发送")
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


#: Which state may follow which; a failed notice waits again when an officer resends it.
TRANSITIONS: dict[Any, frozenset[Any]] = {
    DeliveryState.NONE: frozenset(),
    DeliveryState.WAITING: frozenset({DeliveryState.SENT, DeliveryState.FAILED}),
    DeliveryState.SENT: frozenset(),
    DeliveryState.FAILED: frozenset({DeliveryState.WAITING}),
}
