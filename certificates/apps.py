"""The app `certificates`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("证书")

    def ready(self) -> None:
        from certificates import checks, clock, operators, tasks  # noqa: F401  (importing them registers them)
