"""The app `accounts`; its label is `accounts`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("用户")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from wagtail.permissions import register_permission_policy

        from portal.accounts.idle import begin_idle_clock
        from portal.accounts.models import Disclosure
        from portal.accounts.roles import make_groups
        from portal.core.policies import ReadOnlyPolicy
        from portal.core.preferences import keep_language_from_before
        from tenants.signals import template_built

        register_permission_policy(Disclosure, ReadOnlyPolicy(Disclosure))
        user_logged_in.connect(begin_idle_clock, dispatch_uid="accounts.begin_idle_clock")
        user_logged_in.connect(keep_language_from_before, dispatch_uid="core.keep_language_from_before")
        template_built.connect(make_groups, dispatch_uid="accounts.make_groups")
