"""The app `finding`: what readers ask of the listings; its label is `finding`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingConfig(AppConfig):
    name = "portal.finding"
    label = "finding"
    verbose_name = _("搜索")

    def ready(self) -> None:
        from portal.finding import clock  # noqa: F401  (importing it registers it)
