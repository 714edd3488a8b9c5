"""The app `notices`; its label is `notices`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "portal.notices"
    label = "notices"
    verbose_name = _("通知")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from portal.core.policies import ReadOnlyPolicy
        from portal.notices.models import Notice

        register_permission_policy(Notice, ReadOnlyPolicy(Notice))
