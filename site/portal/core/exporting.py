"""Tables that leave the site: readable in a spreadsheet, and never run by it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.encoding import force_str

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; the rest stays."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.make_naive(value) if timezone.is_aware(value) else value


class SafeExportMixin:
    """For Wagtail's index views, before `IndexView`: local times, CSV with BOM, no formulas in either format."""

    custom_value_preprocess: dict[Any, Any] = {
        dt.datetime: {"xlsx": _local, "csv": lambda value: f"{_local(value):%Y-%m-%d %H:%M}"},
        (dt.date, dt.time): {"xlsx": None},
        list: {"csv": "、".join, "xlsx": "、".join},
    }

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if value is None:
            return ""
        if isinstance(value, bool):
            return force_str(value)
        found = self.get_preprocess_function(field, value, export_format)  # type: ignore[attr-defined]  # a mixin: the list view has it
        written = value if found is None else found(value)
        # XLSX keeps types: Wagtail marks such a cell as text. CSV has none.
        return harmless(written) if export_format == "csv" else written

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield BOM.encode()
        yield from super().stream_csv(queryset)  # type: ignore[misc]  # a mixin: the list view has it
