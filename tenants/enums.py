"""What a tenant can be and which changes of its state are allowed."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    DISTRICT = "district", _("区县级")


class TenantState(models.TextChoices):
    ACTIVE = "active", _("开通")
    PAUSED = "paused", _("暂停")
    ARCHIVED = "archived", _("归档")


TRANSITIONS: dict[Any, frozenset[Any]] = {
    TenantState.ACTIVE: frozenset({TenantState.PAUSED}),
    TenantState.PAUSED: frozenset({TenantState.ACTIVE, TenantState.ARCHIVED}),
    TenantState.ARCHIVED: frozenset({TenantState.ACTIVE}),
}
