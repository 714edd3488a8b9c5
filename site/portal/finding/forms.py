"""The one form of saved searches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SaveForm(forms.Form):
    """Where to send new results."""

    mail = forms.EmailField(
        label=_("邮箱"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("请填写邮箱。"),
            "invalid": _("邮箱写得不对，应当像 name@example.cn。"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
