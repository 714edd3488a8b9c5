"""Form fields that say how to put things right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.mobiles import clean_mobile
from portal.core.models import Division


class MobileField(forms.CharField):
    """Eleven digits, cleaned of blanks and +86."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": options.pop("autocomplete", "tel")})
        super().__init__(**{"max_length": 20, "widget": widget, **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return clean_mobile(text) if text else ""


def birth_date_field() -> forms.DateField:
    """A date typed or picked; the browser's picker where there is one."""
    return forms.DateField(
        label=_("出生日期"),
        help_text=_("例如1958-03-12。只用来核对年龄，页面上只显示年份。"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
        error_messages={"required": _("还差出生日期。"), "invalid": _("出生日期写成1958-03-12这样。")},
    )


def day_field(label: Any) -> forms.DateField:
    """A day of a period."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("还差日期。"), "invalid": _("日期写成2026-03-12这样。")},
    )


def division_field() -> forms.ModelChoiceField:
    """A street or community of the tenant."""
    return forms.ModelChoiceField(
        Division.objects.filter(level__in=["street", "community"]).order_by("code"),
        label=_("所在街道或社区"),
        required=False,
        empty_label=_("不选"),
    )
