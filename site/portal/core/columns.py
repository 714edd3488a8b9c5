"""Columns of admin lists that Wagtail does not have."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column


class DayColumn(Column):
    """A day, or a moment, as it is called: how long ago it was says nothing of one that is to come."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        if isinstance(value, dt.datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return date_format(value) if value else ""
