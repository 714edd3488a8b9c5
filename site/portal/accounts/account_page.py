"""One's own settings in Wagtail's admin, without Wagtail's form of first and last name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import account as stock

from portal.accounts.models import User


class NameEmailForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "email"]
        labels = {"email": _("邮箱")}


class NamePanel(stock.BaseSettingsPanel):
    name = "name_email"
    title = _("姓名与邮箱")
    order = 100
    form_class = NameEmailForm


class AccountView(stock.AccountView):
    def get_panels(self) -> list[Any]:
        request = self.request
        profile = stock.UserProfile.get_for_user(request.user)
        kept = [panel for panel in super().get_panels() if not isinstance(panel, stock.NameEmailSettingsPanel)]
        return [NamePanel(request, request.user, profile), *kept]
