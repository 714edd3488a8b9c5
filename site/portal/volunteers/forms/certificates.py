"""What officers say when they take a certificate back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.enums import Ground


class RevocationForm(forms.Form):
    """The ground is public, the reason stays inside and goes to the holder."""

    ground = forms.ChoiceField(
        label=_("撤销事由"), choices=[("", "—"), *Ground.choices], help_text=_("联网核验时谁都看得到。")
    )
    reason = forms.CharField(
        label=_("具体情况"),
        max_length=200,
        help_text=_("告诉持有人和另一位主管，不公开。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明撤销原因。")},
    )


class DeclineForm(forms.Form):
    """Why the second person does not agree."""

    note = forms.CharField(
        label=_("为什么不同意"), max_length=200, error_messages={"required": _("请写明为什么不同意。")}
    )
