"""The questions of the check pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from certificates.errors import NumberMalformed
from certificates.numbering import Number

_MB = 2**20


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


class FileForm(forms.Form):
    """One PDF or credential, whatever is in it: what it is worth is the answer, not an error."""

    file = forms.FileField(
        label=_("证书PDF，或电子凭证"),
        allow_empty_file=True,
        help_text=format_lazy(
            _("只在内存里比对，不保存；最多{most} MB"), most=settings.CERTIFICATE_CHECK_FILE_BYTES // _MB
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf,application/json,.json"}),
        error_messages={"required": _("请选一个文件。")},
    )


class BatchForm(forms.Form):
    """Numbers, a file, or both."""

    mark_optional = False

    numbers = forms.CharField(
        label=_("证书编号，一行一个"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("或者，一个文件"),
        required=False,
        allow_empty_file=True,
        help_text=format_lazy(
            _("装着证书PDF的ZIP，或编号表格（.xlsx、.csv、.txt）。只在内存里比对，不保存；最多{most} MB"),
            most=settings.CERTIFICATE_BATCH_BYTES // _MB,
        ),
        widget=forms.FileInput(attrs={"accept": ".zip,.pdf,.json,.xlsx,.csv,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("numbers", "").strip() and data.get("file") is None:
            self.add_error("numbers", _("请粘贴编号，或选一个文件。"))
        return data
