"""Pages of signing in and of passwords."""

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth import views as auth
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from portal.accounts.domain.reset import count_reset
from portal.accounts.errors import TooManyResets
from portal.accounts.forms import ChangePasswordForm, NewPasswordForm, ResetForm, SignInForm
from portal.accounts.idle import has_expired
from portal.accounts.lockout import unlock
from portal.core import feedback


class SignIn(auth.LoginView):
    """User name or mobile number, and the password."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return super().get(request, *args, **kwargs)
        wanted = self.get_success_url()
        if wanted.startswith("/cms/") and not request.user.has_perm("wagtailadmin.access_admin"):
            # Wagtail sends here whoever may not enter; signing in again would not help.
            raise PermissionDenied
        return redirect("/" if wanted == request.path else wanted)

    def get_default_redirect_url(self) -> str:
        if connection.schema_name == "public":
            return "/operators/"
        user = self.request.user
        at_work = user.is_authenticated and user.has_perm("wagtailadmin.access_admin")
        return "/cms/" if at_work else str(super().get_default_redirect_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"expired": has_expired(self.request)}


class SignOut(auth.LogoutView):
    """By POST alone, so that no foreign page signs anybody out; any other way here leads to the front page."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("/")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        feedback.done(request, _("已退出登录。"))
        return response


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class ChangePassword(auth.PasswordChangeView):
    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("accounts:change_password")

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        feedback.done(self.request, _("密码已经改好。"), _("别处登录的都已退出，这里不用重新登录。"))
        return response


class Reset(auth.PasswordResetView):
    """Says the same whether the address is known or not; 429 when it was asked too often."""

    template_name = "accounts/reset.html"
    form_class = ResetForm
    success_url = reverse_lazy("accounts:reset_sent")

    def form_valid(self, form: ResetForm) -> HttpResponse:
        try:
            count_reset(form.cleaned_data["email"], str(get_client_ip_address(self.request)))
        except TooManyResets as refusal:
            form.add_error("email", refusal.messages)
            response: HttpResponse = self.form_invalid(form)
            response.status_code = 429
            response.headers["Retry-After"] = str(refusal.minutes * 60)
            return response
        return super().form_valid(form)


class ResetSent(auth.PasswordResetDoneView):
    template_name = "accounts/reset_sent.html"


class ResetConfirm(auth.PasswordResetConfirmView):
    template_name = "accounts/reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:sign_in")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        unlock(self.user)
        feedback.done(self.request, _("新密码已经设好，请登录。"))
        return response
