"""Many people at the same moment, with real threads and real commits."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.projects.models import Shift
from portal.volunteers.domain.sign_up import sign_up, withdraw
from portal.volunteers.enums import LIVE, SignUpState
from portal.volunteers.models import SignUp, Volunteer
from tests.factories.projects import make_shift
from tests.factories.volunteers import make_sign_up, make_volunteer
from tests.waiting import HANGS

PEOPLE = 200
CONNECTIONS = 200


def make_crowd(size: int) -> list[Volunteer]:
    """Volunteers by the hundred, in two statements."""
    users = User.objects.bulk_create(User(username=f"crowd{n}", name="示例") for n in range(size))
    now = timezone.now()
    return Volunteer.objects.bulk_create(
        Volunteer(user=user, number=f"99{n:010d}", birth_date="1962-03-12", privacy_consented_at=now)
        for n, user in enumerate(users)
    )


def at_once(tenant: Any, acts: list[Callable[[], Any]]) -> list[Any]:
    """Run every act in a thread of its own, let go together; the refusal's name where one was refused."""
    gate = Barrier(min(len(acts), CONNECTIONS))

    def go(number: int) -> Any:
        with tenant_context(tenant):
            connection.ensure_connection()
            if number < gate.parties:
                gate.wait(timeout=HANGS)
            try:
                return acts[number]()
            except DomainError as refusal:
                return type(refusal).__name__
            finally:
                connection.close()

    with ThreadPoolExecutor(gate.parties) as pool:
        return list(pool.map(go, range(len(acts))))


def assert_consistent(shift: Shift) -> None:
    """Counters, positions and places agree."""
    shift.refresh_from_db()
    live = list(SignUp.objects.filter(shift=shift, state__in=LIVE))
    taken = sum(row.party_size for row in live if row.state == SignUpState.CONFIRMED)
    waiting = sorted(row.position for row in live if row.position)
    assert (shift.taken, shift.waiting) == (taken, len(waiting))
    assert waiting == list(range(1, len(waiting) + 1))
    assert taken <= shift.places


def test_two_hundred_people_on_ten_places_are_ten_and_a_queue_in_order(committed_a: Any) -> None:
    shift, crowd = make_shift(places=10), make_crowd(PEOPLE)

    results = at_once(committed_a, [partial(sign_up, shift, v) for v in crowd])

    assert Counter(row.state for row in results) == {"confirmed": 10, "waiting": 190}
    positions = SignUp.objects.filter(shift=shift, state="waiting").order_by("signed_up_at", "pk")
    assert sorted(positions.values_list("position", flat=True)) == list(range(1, 191))
    assert_consistent(shift)
    assert (shift.taken, shift.waiting) == (10, 190)


def test_withdrawals_among_sign_ups_lose_no_place(committed_a: Any) -> None:
    shift, crowd = make_shift(places=5), make_crowd(40)
    first = [sign_up(shift, volunteer) for volunteer in crowd[:15]]

    at_once(
        committed_a,
        [
            *(partial(withdraw, row, by=row.volunteer.user) for row in first[:8]),
            *(partial(sign_up, shift, v) for v in crowd[15:]),
        ],
    )

    assert_consistent(shift)
    assert (shift.taken, shift.waiting) == (5, 27)


def test_one_person_at_two_overlapping_shifts_gets_one(committed_a: Any) -> None:
    volunteer = make_volunteer()
    begins = timezone.now() + timedelta(days=3)
    shifts = [make_shift(starts_at=begins) for _ in range(6)]
    results = at_once(committed_a, [partial(sign_up, s, volunteer) for s in shifts])
    assert Counter(map(str, (r if isinstance(r, str) else r.state for r in results))) == {
        "confirmed": 1,
        "Overlapping": 5,
    }


def test_the_same_click_ten_times_is_one_place(committed_a: Any) -> None:
    shift, volunteer = make_shift(), make_volunteer()
    results = at_once(committed_a, [lambda: sign_up(shift, volunteer)] * 10)
    assert results.count("AlreadySignedUp") == 9
    assert_consistent(shift)


def test_two_stale_withdrawals_free_one_place(committed_a: Any) -> None:
    shift = make_shift(places=1)
    mine = make_sign_up(shift)
    for volunteer in make_crowd(3):
        sign_up(shift, volunteer)
    results = at_once(committed_a, [lambda: withdraw(mine, by=mine.volunteer.user)] * 4)
    assert results.count("NotSignedUp") == 3
    assert_consistent(shift)
    assert (shift.taken, shift.waiting) == (1, 2)
