"""Until when service is recorded and what is contested answered, and from when on an entry is late (令67号)."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from portal.core.models import RuleSettings
from portal.core.workdays import workdays_after
from portal.projects.models import Shift


def last_day(shift: Shift, limits: RuleSettings) -> date:
    """The last day of recording: so many working days (ten) after the day on which the shift ended."""
    return workdays_after(timezone.localdate(shift.ends_at), limits.record_within_workdays).date


def answer_by(contested_on: date, limits: RuleSettings) -> date:
    """The last day for what a volunteer contests, a certificate or a record alike: the site's rule."""
    return workdays_after(contested_on, limits.correction_workdays).date


def is_over(shift: Shift, limits: RuleSettings, now: datetime) -> bool:
    """Whether the deadline has passed."""
    return timezone.localdate(now) > last_day(shift, limits)


def is_late(shift: Shift, limits: RuleSettings, now: datetime) -> bool:
    """Whether an entry now is one from memory (domain: proof grades, late_entry)."""
    return now > shift.ends_at + timedelta(hours=limits.late_entry_after_hours)
