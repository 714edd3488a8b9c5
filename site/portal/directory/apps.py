"""The app `directory`; its label is `directory`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "portal.directory"
    label = "directory"
    verbose_name = _("对接名录")

    def ready(self) -> None:
        from portal.directory import linked, searchable, waiting  # noqa: F401  (they register themselves)
