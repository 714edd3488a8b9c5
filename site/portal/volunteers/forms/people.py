"""Registration and profile."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.volunteers.domain.register import Applicant, refusals, taken, weaknesses
from portal.volunteers.forms.fields import MobileField, birth_date_field, division_field

_REQUIRED_NAME = {"required": _("还差姓名。")}


class GuardianFields(forms.Form):
    """Asked of everybody, needed of minors alone; the verb knows who is one."""

    mark_optional = False  # the headings say who fills in what

    guardian_name = forms.CharField(label=_("监护人姓名"), max_length=60, required=False)
    guardian_mobile = MobileField(label=_("监护人手机号"), required=False, autocomplete="off")
    guardian_consent = forms.BooleanField(label=_("我是监护人，同意孩子参加志愿服务，并知道由谁带队"), required=False)


class JoinForm(GuardianFields):
    """What a person says of themselves."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=30,
        error_messages=_REQUIRED_NAME,
        help_text=_("请写真实姓名，证明上要用。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    mobile = MobileField(
        label=_("手机号"), error_messages={"required": _("还差手机号。")}, help_text=_("用来登录和接通知。")
    )
    birth_date = birth_date_field()
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        help_text=_("至少8位，大写字母、小写字母、数字、符号里要有三种。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("还差密码。")},
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        help_text=_("填了就能收到邮件通知，忘了密码也好找回。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("邮箱写成 name@example.org 这样；也可以先不填。")},
    )
    id_number = forms.CharField(
        label=_("身份证号"),
        max_length=24,
        required=False,
        help_text=_("加密保存，证明上只印首尾几位。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    division = division_field()
    address = forms.CharField(label=_("住址"), max_length=120, required=False)
    privacy_consent = forms.BooleanField(
        label=_("我看过个人信息保护说明，同意本站为志愿服务保存这些信息"),
        error_messages={"required": _("还没有同意个人信息保护说明，不能保存您的信息。")},
    )
    field_order = (
        "name", "mobile", "birth_date", "password", "guardian_name", "guardian_mobile", "guardian_consent",
        "email", "id_number", "division", "address", "privacy_consent",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        link = format_html('<a href="{}">{}</a>', reverse_lazy("privacy"), _("先看说明"))
        self.fields["privacy_consent"].help_text = link
        if user is not None:
            # Somebody who signs in already keeps name, mobile, mail and password.
            for name in ("name", "mobile", "password", "email"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """All that the verb would refuse, at once: nobody should mend one field to hear of the next."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for refusal in self._refusals(cleaned):
            if refusal.field in self.fields and refusal.field not in self.errors:
                self.add_error(refusal.field, refusal.messages)
        return cleaned

    def _refusals(self, cleaned: dict[str, Any]) -> Iterator[DomainError]:
        given = {name: cleaned[name] for name in Applicant.__dataclass_fields__ if name in cleaned}
        if "birth_date" in given:
            yield from refusals(Applicant(**{"name": "", "mobile": "", **given}))
        if cleaned.get("password"):
            yield from weaknesses(cleaned["password"], User(name=cleaned.get("name", "")))
        if cleaned.get("mobile"):
            yield from taken(cleaned["mobile"])

    def applicant(self, user: Any = None) -> Applicant:
        """The cleaned form as the verb takes it."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "password"}
        if user is not None:
            values |= {"name": user.name, "mobile": user.mobile}
        return Applicant(**values)


class ContactForm(forms.Form):
    """What a volunteer changes; an empty mobile or address leaves the stored one."""

    mobile = MobileField(label=_("新手机号"), required=False, help_text=_("不换就空着。"))
    email = forms.EmailField(
        label=_("电子邮箱"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    division = division_field()
    address = forms.CharField(label=_("新住址"), max_length=120, required=False, help_text=_("不换就空着。"))
    id_number = forms.CharField(
        label=_("身份证号"), max_length=24, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, volunteer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if volunteer.id_number:
            del self.fields["id_number"]


class GuardianForm(GuardianFields):
    """A guardian's consent, given later."""


class CorrectionForm(forms.Form):
    """What is left empty stays; the values on record are shown masked beside it."""

    name = forms.CharField(label=_("正确的姓名"), max_length=30, required=False)
    birth_date = birth_date_field()
    id_number = forms.CharField(label=_("正确的身份证号"), max_length=24, required=False)
    why = forms.CharField(
        label=_("原因"),
        min_length=4,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写明错在哪里、凭什么更正，如“登记时写错，已当面核对身份证”。本人会收到通知，这次更正会留下记录。"),
        error_messages={"required": _("请写明更正的原因。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].required = False
        self.fields["birth_date"].label = _("正确的出生日期")
        self.fields["birth_date"].help_text = ""
