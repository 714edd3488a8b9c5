"""The app `schools`; its label is `schools`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    name = "portal.schools"
    label = "schools"
    verbose_name = _("学校")

    def ready(self) -> None:
        from portal.schools import tasks  # noqa: F401  (the clock learns what to run)
