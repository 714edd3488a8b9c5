"""The one question of the check page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.errors import NumberMalformed
from certificates.numbering import Number


class NumberForm(forms.Form):
    """A certificate number as people type it; `cleaned_data["number"]` is a `Number`."""

    number = forms.CharField(
        label=_("证书编号"),
        max_length=100,
        help_text=_("印在证书上，例如120101-2026-000123-5；短横可以不输"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("请输入证书编号。"), "max_length": _("这不像证书编号：太长了。")},
    )

    def clean_number(self) -> Any:
        try:
            return Number.read(self.cleaned_data["number"])
        except NumberMalformed as problem:
            raise forms.ValidationError(problem.message) from problem
