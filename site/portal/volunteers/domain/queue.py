"""Places and the waiting list of one shift; every function expects the shift's row to be locked by the caller."""

from django.db.models import F, Max, Q, Sum
from django.utils import timezone

from portal.projects.models import Shift
from portal.volunteers.domain import telling
from portal.volunteers.enums import SIGN_UP_MOVES, SignUpState
from portal.volunteers.models import SignUp
from search import listings


def queue_of(shift: Shift) -> list[SignUp]:
    """Who waits, in order."""
    waiting = SignUp.objects.filter(shift=shift, state=SignUpState.WAITING)
    return list(waiting.select_related("volunteer__user").order_by("position"))


def take_places(shift: Shift, sign_up: SignUp) -> None:
    """Give the new sign-up places if the whole party fits, else the end of the queue; save it."""
    if sign_up.party_size <= shift.left:
        sign_up.state, sign_up.position = SignUpState.CONFIRMED, None
    else:
        last = SignUp.objects.filter(shift=shift, state=SignUpState.WAITING).aggregate(last=Max("position"))["last"]
        sign_up.state, sign_up.position = SignUpState.WAITING, (last or 0) + 1
    sign_up.save()


def move(sign_up: SignUp, to: SignUpState, *, note: str = "") -> None:
    """Change the state by the table; only a waiting one has a position."""
    assert to in SIGN_UP_MOVES[SignUpState(sign_up.state)], f"{sign_up.state} → {to}"
    sign_up.state, sign_up.position, sign_up.note = to, None, note[:200]
    sign_up.changed_at = timezone.now()
    sign_up.save(update_fields=["state", "position", "note", "changed_at"])


def move_up(shift: Shift) -> list[SignUp]:
    """Confirm everyone who fits into the free places, in the order of the queue, and tell them."""
    free, moved = shift.left, list[SignUp]()
    if shift.is_cancelled or shift.has_begun():
        return moved
    for sign_up in queue_of(shift) if free else []:
        if sign_up.party_size <= free:
            move(sign_up, SignUpState.CONFIRMED)
            sign_up.shift = shift
            free -= sign_up.party_size
            moved.append(sign_up)
    for sign_up in moved:
        telling.moved_up(sign_up)
    return moved


def settle(shift: Shift) -> list[SignUp]:
    """After any change: count, move up whoever fits, close the queue up, count again. Returns who moved up."""
    _count(shift)
    moved = move_up(shift)
    if moved:
        _count(shift)
    _close_up(shift)
    return moved


def _count(shift: Shift) -> None:
    def people(state: SignUpState) -> Sum:
        return Sum("party_size", filter=Q(state=state), default=0)

    sums = SignUp.objects.filter(shift=shift).aggregate(
        taken=people(SignUpState.CONFIRMED), waiting=people(SignUpState.WAITING)
    )
    was_left = shift.left
    shift.taken, shift.waiting = sums["taken"], sums["waiting"]
    Shift.objects.filter(pk=shift.pk).update(**sums)
    # Only then is the project found as another; a listing for each sign-up would keep the lock for nothing.
    if (was_left == 0) != (shift.left == 0):
        listings.changed(shift)


def _close_up(shift: Shift) -> None:
    """Number the queue 1, 2, 3 … without gaps."""
    rows = SignUp.objects.filter(shift=shift, state=SignUpState.WAITING).order_by("position")
    wanted = {pk: place for place, pk in enumerate(rows.values_list("pk", flat=True), start=1)}
    wrong = [row for row in rows if row.position != wanted[row.pk]]
    if not wrong:
        return
    SignUp.objects.filter(pk__in=[row.pk for row in wrong]).update(position=-F("position"))
    for row in wrong:
        row.position = wanted[row.pk]
    SignUp.objects.bulk_update(wrong, ["position"])
