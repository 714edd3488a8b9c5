"""Forms with which an organisation runs its list of members."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.backends import find_user
from portal.organisations.enums import MemberRole


class AddMemberForm(forms.Form):
    """Finds the person by user name or mobile number; nobody is offered a list of people."""

    person = forms.CharField(
        label=_("用户名或手机号"),
        max_length=150,
        help_text=_("对方先在本站注册，才能加进来。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("身份"), choices=MemberRole.choices, initial=MemberRole.MEMBER)

    def clean_person(self) -> Any:
        user = find_user(self.cleaned_data["person"])
        if user is None or not user.is_active:
            raise ValidationError(_("没有用这个用户名或手机号注册的人。请核对，或请对方先注册。"), code="unknown")
        return user


class RoleForm(forms.Form):
    """The new role of one member."""

    role = forms.ChoiceField(label=_("身份"), choices=MemberRole.choices)
