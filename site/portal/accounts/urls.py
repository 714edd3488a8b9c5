"""Addresses under /accounts/."""

from django.urls import path

from portal.accounts import second_factor_views as second
from portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("password/", views.ChangePassword.as_view(), name="change_password"),
    path("password/reset/", views.Reset.as_view(), name="reset"),
    path("password/reset/sent/", views.ResetSent.as_view(), name="reset_sent"),
    path("password/reset/<uidb64>/<token>/", views.ResetConfirm.as_view(), name="reset_confirm"),
    path("second-factor/", second.verify, name="second_factor"),
    path("second-factor/set-up/", second.set_up, name="second_factor_set_up"),
    path("second-factor/qr.svg", second.qr_code, name="second_factor_qr"),
    path("second-factor/recovery-codes/", second.recovery_codes, name="recovery_codes"),
]
