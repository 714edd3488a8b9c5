"""In which order rows are locked: a volunteer before a shift, a shift before its sign-ups and records."""

from portal.projects.models import Shift
from portal.volunteers.models import Volunteer


def lock_volunteer(volunteer: Volunteer) -> Volunteer:
    """Keeps one person from signing up for two overlapping shifts at the same moment."""
    return Volunteer.objects.select_for_update(no_key=True).get(pk=volunteer.pk)


def lock_shift(shift: Shift) -> Shift:
    """The shift as it stands now. No join: a joined project would be read as it was before the wait for the lock."""
    return Shift.objects.select_for_update(no_key=True).get(pk=shift.pk)
