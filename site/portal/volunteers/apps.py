"""The app `volunteers`; its label is `volunteers`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteersConfig(AppConfig):
    name = "portal.volunteers"
    label = "volunteers"
    verbose_name = _("志愿者")

    def ready(self) -> None:
        from certificates import signals as certificates
        from certificates.standing import still_holds
        from portal.accounts.disclosable import disclosable
        from portal.core.waiting import waits
        from portal.projects import signals as projects
        from portal.projects import slots
        from portal.volunteers import chain, signals, tasks, waiting  # noqa: F401  (the clock learns what to run)
        from portal.volunteers.domain.standing import still_true
        from portal.volunteers.views import sign_up

        for signal, receiver in (
            (projects.project_cancelled, signals.on_project_cancelled),
            (projects.shift_cancelled, signals.on_shift_cancelled),
            (projects.shift_places_changed, signals.on_places_changed),
            (projects.shift_moved, signals.on_shift_moved),
            (certificates.certificate_issued, signals.on_certificate_issued),
            (certificates.certificate_dropped, signals.on_certificate_dropped),
            (certificates.certificate_ended, signals.on_certificate_ended),
            (certificates.revocation_lapsed, signals.on_revocation_lapsed),
            (certificates.certificate_failed, signals.on_certificate_failed),
            (certificates.certificate_forgotten, signals.on_certificate_forgotten),
            (certificates.key_ending, signals.on_key_ending),
        ):
            signal.connect(receiver, dispatch_uid=f"volunteers.{receiver.__name__}")
        for name, label in (
            ("birth_date", _("出生日期")),
            ("id_number", _("身份证号")),
            ("address", _("住址")),
            ("guardian_name", _("监护人姓名")),
            ("guardian_mobile", _("监护人手机号")),
        ):
            disclosable(name, label, field=name, holder=lambda user: getattr(user, "volunteer", None))
        waits(waiting.waiting_items)
        still_holds(still_true)
        slots.acts_on_shifts("volunteers/_shift_actions.html", sign_up.actions)
        slots.adds_steps(chain.steps)
        slots.links_for_staff(chain.staff_links)
