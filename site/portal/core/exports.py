"""Tables that leave the site: Excel reads their Chinese, and runs nothing in them."""

from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: A cell that begins so is a formula to Excel and WPS (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe before it; numbers stay as they are."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def value_at(item: Any, path: str) -> Any:
    """What a dotted path leads to; nothing when a link on the way is empty, as the parent of the topmost division."""
    for name in path.split("."):
        if item is None:
            return None
        item = getattr(item, name)
        item = item() if callable(item) else item
    return item


class SafeExportMixin(SpreadsheetExportMixin):
    """For index views with `list_export`: CSV begins with a byte order mark and holds no formulas."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {field: value_at(item, field) for field in self.list_export}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        done = super().preprocess_field_value(field, value, export_format)
        return harmless(done) if export_format == self.FORMAT_CSV else done

    def stream_csv(self, queryset: Any) -> Iterator[Any]:
        yield "\ufeff"
        yield from super().stream_csv(queryset)
