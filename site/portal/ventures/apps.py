"""The app `ventures`; its label is `ventures`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VenturesConfig(AppConfig):
    name = "portal.ventures"
    label = "ventures"
    verbose_name = _("公益创投")

    def ready(self) -> None:
        from portal.ventures import linked, searchable, waiting  # noqa: F401  (they register themselves)
