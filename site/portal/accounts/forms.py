"""Forms of signing in, passwords and the second factor."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User

_OLD = {"autocomplete": "current-password"}
_NEW = {"autocomplete": "new-password"}


class SignInForm(AuthenticationForm):
    """One message for every failure: it does not say which names exist."""

    username = forms.CharField(
        label=_("用户名或手机号"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(label=_("密码"), strip=False, max_length=128, widget=forms.PasswordInput(attrs=_OLD))
    error_messages = {
        "invalid_login": _("用户名（或手机号）和密码对不上。请核对大小写；忘了密码可以重设。"),
        "inactive": _("用户名（或手机号）和密码对不上。请核对大小写；忘了密码可以重设。"),
    }


class CodeForm(forms.Form):
    """A code from the phone, or a recovery code."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=16,
        help_text=_("手机验证器上现在显示的6位数字。手机不在身边，填一个备用码。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "").lower()


class ResetForm(PasswordResetForm):
    """Asks for the mail address; the worker writes the mail, so that time does not tell whose address it is."""

    email = forms.EmailField(label=_("邮箱"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def get_users(self, email: str) -> Any:
        """Those who never had a password too: an officer made their account."""
        return User.objects.filter(email__iexact=email, is_active=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        from portal.accounts.tasks import mail_reset_link

        for user in self.get_users(self.cleaned_data["email"]):
            mail_reset_link.enqueue(user.pk)


class NewPasswordForm(SetPasswordForm):
    error_messages = {"password_mismatch": _("两次填的密码不一样，请再填一次。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_fields(self)


class ChangePasswordForm(PasswordChangeForm):
    error_messages = {
        "password_mismatch": _("两次填的密码不一样，请再填一次。"),
        "password_incorrect": _("现在的密码不对，请再填一次。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("现在的密码")
        _name_fields(self)


def _name_fields(form: forms.Form) -> None:
    form.fields["new_password1"].label = _("新密码")
    form.fields["new_password1"].help_text = _("至少8位，大写字母、小写字母、数字、符号里至少有3类。")
    form.fields["new_password2"].label = _("再填一次新密码")
    form.fields["new_password2"].help_text = ""
