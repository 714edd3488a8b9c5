"""The app `honours`; its label is `honours`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HonoursConfig(AppConfig):
    name = "portal.honours"
    label = "honours"
    verbose_name = _("荣誉")

    def ready(self) -> None:
        from certificates import signals as certificates
        from certificates.standing import still_holds
        from portal.core.waiting import waits
        from portal.honours import signals, tasks, waiting  # noqa: F401  (the worker learns what to run)
        from portal.honours.domain.holding import still_deserved
        from portal.volunteers import announcements

        for signal, receiver in (
            (certificates.certificate_issued, signals.on_certificate_issued),
            (certificates.certificate_dropped, signals.on_certificate_dropped),
            (certificates.certificate_ended, signals.on_certificate_ended),
            (certificates.certificate_forgotten, signals.on_certificate_forgotten),
            (certificates.certificate_failed, signals.on_certificate_failed),
            (announcements.record_taken_away, signals.on_record_taken_away),
        ):
            signal.connect(receiver, dispatch_uid=f"honours.{receiver.__name__}")
        waits(waiting.waiting_items)
        still_holds(still_deserved)
