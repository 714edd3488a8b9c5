"""Minors: a guardian consents on this site before anything is handed out about them."""

from datetime import date

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from portal.core.queries import rules
from portal.volunteers.domain import errors
from portal.volunteers.models import Volunteer


def lacks_guardian(volunteer: Volunteer | None, today: date, *, below: int) -> bool:
    """Somebody of fewer than `below` years whose guardian has not consented on this site."""
    if volunteer is None or volunteer.guardian_consented_at is not None:
        return False
    return volunteer.age_on(today) < below


def require_guardian(volunteer: Volunteer) -> None:
    """GuardianMissing for a minor without the guardian's consent on file."""
    below = rules().guardian_below
    if lacks_guardian(volunteer, timezone.localdate(), below=below):
        raise errors.GuardianMissing(lazy(_missing, str)(below))


def _missing(below: int) -> str:
    return _("未满%(age)s周岁的，要先有监护人同意才能开证明。请在“我的资料”里补上，再来申请。") % {"age": below}
