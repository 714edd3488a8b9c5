"""Sign up, withdraw, move up, cancel: everything under the shift's lock, counters and notices in one transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.enums import Participation
from portal.projects.models import Project, Shift
from portal.volunteers.domain import errors, telling
from portal.volunteers.domain.eligibility import check_free_time, check_open, check_party, check_person
from portal.volunteers.domain.locks import lock_shift, lock_volunteer
from portal.volunteers.domain.queue import move, settle, take_places
from portal.volunteers.enums import LIVE, SIGN_UP_MOVES, SignUpState
from portal.volunteers.models import SignUp, Volunteer


def sign_up(
    shift: Shift,
    volunteer: Volunteer,
    *,
    party_size: int = 1,
    participation: str = Participation.INDIVIDUAL,
    by: Any = None,
) -> SignUp:
    """A place for the party, or the end of the queue.

    Raises ShiftClosed, TooYoung, TooOld, GuardianMissing, PartyTooLarge, AlreadySignedUp or Overlapping.
    """
    with transaction.atomic():
        volunteer, shift = lock_volunteer(volunteer), lock_shift(shift)
        check_open(shift)
        check_free_time(shift, volunteer)
        check_person(shift, volunteer, participation=participation, party_size=party_size)
        check_party(shift, volunteer, participation=participation, party_size=party_size)
        made = SignUp(
            shift=shift,
            volunteer=volunteer,
            participation=participation,
            party_size=party_size,
            signed_up_by=by or volunteer.user,
        )
        take_places(shift, made)
        settle(shift)
        telling.signed_up(made)
    return made


def withdraw(sign_up: SignUp, *, by: Any, reason: str = "") -> list[SignUp]:
    """Give the places back; returns who moved up. Raises NotSignedUp or ShiftClosed."""
    with transaction.atomic():
        shift = lock_shift(sign_up.shift)
        sign_up = SignUp.objects.select_related("volunteer__user").get(pk=sign_up.pk)
        if SignUpState.WITHDRAWN not in SIGN_UP_MOVES[SignUpState(sign_up.state)]:
            raise errors.NotSignedUp(_("这次报名已经取消了，不用再取消。"))
        if shift.has_begun():
            raise errors.ShiftClosed(_("这一班已经开始，不能再取消报名。没去成的，请告诉带队人。"))
        sign_up.shift = shift
        move(sign_up, SignUpState.WITHDRAWN, note=reason)
        moved = settle(shift)
        telling.withdrawn(sign_up, by=by)
    return moved


def promote(shift: Shift) -> list[SignUp]:
    """Let the queue move up, after places were added; returns who did."""
    with transaction.atomic():
        return settle(lock_shift(shift))


def cancel_sign_ups(project: Project, shifts: list[Shift], *, reason: str, by: Any) -> list[SignUp]:
    """End every live sign-up of the shifts that have not ended, and tell everyone why; shifts are locked by key."""
    gone: list[SignUp] = []
    with transaction.atomic():
        for shift in sorted(shifts, key=lambda shift: shift.pk):
            locked = lock_shift(shift)
            if locked.ends_at <= timezone.now():
                continue
            live = SignUp.objects.filter(shift=locked, state__in=LIVE).select_related("volunteer__user").order_by("pk")
            for sign_up in live:
                sign_up.shift = locked
                move(sign_up, SignUpState.CANCELLED, note=reason)
                gone.append(sign_up)
            settle(locked)
        telling.cancelled(project, gone, reason=reason, by=by)
    return gone
