"""The one function that moves a certificate from state to state."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.enums import TRANSITIONS, State
from certificates.errors import TransitionRefused
from certificates.models import Certificate


def move(certificate: Certificate, to: Any, **fields: Any) -> None:
    """Write the new state with what belongs to it; the row must be locked by the caller."""
    if to not in TRANSITIONS[certificate.state]:
        raise TransitionRefused(
            _("证书{number}现在是“{now}”，不能改为“{to}”。").format(
                number=certificate.number, now=State(certificate.state).label, to=State(to).label
            ),
            field="state",
        )
    certificate.state = to
    for name, value in fields.items():
        setattr(certificate, name, value)
    certificate.save(update_fields=["state", *fields])
