"""Verbs: what moves, what is refused and why, who is told."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from portal.core.errors import DomainError
from portal.projects.domain import (
    ImpossibleMove,
    cancel_project,
    cancel_shift,
    copy_project,
    follow_clock,
    move,
    settle,
)
from portal.projects.domain.schedule import faults, removal_fault
from portal.projects.enums import TRANSITIONS, ProjectState
from portal.projects.models import Project, Shift
from portal.projects.signals import project_cancelled, shift_cancelled
from portal.projects.status import status_of, with_status
from tests.cast import person
from tests.factories.projects import make_project, make_shift

HOUR = timedelta(hours=1)


def in_state(state: str) -> Project:
    reason = "停电" if state == "cancelled" else ""
    return make_project(state=state, live=state not in {"draft", "in_review"}, cancelled_reason=reason)


def test_only_the_moves_of_the_table_are_possible(tenant_a: Any) -> None:
    possible = set()
    for was, to in product(ProjectState.values, ProjectState.values):
        if was == to:
            continue
        project = in_state(was)
        try:
            move(project, to, cancelled_reason="停电")
        except ImpossibleMove:
            assert Project.objects.get(pk=project.pk).state == was
        else:
            possible.add((was, str(to)))
    assert possible == {(str(was), str(to)) for was, following in TRANSITIONS.items() for to in following}


def _shifts(now: Any, *spec: tuple[int, int, int, bool]) -> list[Shift]:
    """(begins in hours, places, taken, cancelled), two hours long each."""
    return [
        Shift(
            starts_at=now + HOUR * begins, ends_at=now + HOUR * (begins + 2), places=places, taken=taken,
            cancelled_at=now if off else None,
        )
        for begins, places, taken, off in spec
    ]  # fmt: skip


CASES: list[tuple[str, str, list[tuple[int, int, int, bool]]]] = [
    ("a place is left", "recruiting", [(5, 4, 4, False), (9, 4, 3, False)]),
    ("all to come is taken", "full", [(5, 4, 4, False)]),
    ("a cancelled shift has no places", "full", [(5, 4, 4, False), (9, 4, 0, True)]),
    ("one runs and one has places", "recruiting", [(-1, 4, 4, False), (9, 4, 0, False)]),
    ("the last one runs", "running", [(-9, 4, 4, False), (-1, 4, 0, False)]),
    ("all is over", "finished", [(-9, 4, 4, False)]),
    ("it ends this moment", "finished", [(-2, 4, 4, False)]),
    ("no shift yet", "recruiting", []),
]


@pytest.mark.parametrize(("state", "shifts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_places_and_clock_decide_the_same_in_python_and_in_the_database(tenant_a: Any, state: str, shifts: Any) -> None:
    now = timezone.now()
    project = make_project()
    for shift in _shifts(now, *shifts):
        shift.project = project
        shift.save()
    assert status_of("recruiting", _shifts(now, *shifts), now) == state
    assert with_status(Project.objects.all(), now).get().status == state


@pytest.mark.parametrize("state", ["draft", "in_review", "cancelled"])
def test_decisions_are_not_the_clocks(tenant_a: Any, state: str) -> None:
    project = in_state(state)
    make_shift(project, starts_at=timezone.now() - HOUR * 9)
    assert with_status(Project.objects.all(), timezone.now()).get().status == state
    assert settle(project) is False


def test_the_clock_moves_what_it_has_overtaken_and_nothing_else(tenant_a: Any) -> None:
    over, coming, draft = make_project(), make_project(), in_state("draft")
    make_shift(over, starts_at=timezone.now() - HOUR * 9)
    make_shift(coming)
    make_shift(draft, starts_at=timezone.now() - HOUR * 9)
    assert follow_clock() == 1
    states = [Project.objects.get(pk=project.pk).state for project in (over, coming, draft)]
    assert states == ["finished", "recruiting", "draft"]
    assert follow_clock() == 0


def test_cancelling_tells_once_with_the_reason_and_keeps_when_and_why(tenant_a: Any) -> None:
    heard: list[Any] = []

    def listen(project: Project, reason: str, by: Any, **_: Any) -> None:
        heard.append((project.pk, project.state, reason, by.username))

    project = make_shift().project
    project_cancelled.connect(listen)
    try:
        cancel_project(project, reason="  社区  停电 ", by=person("officer"))
        with pytest.raises(ImpossibleMove):
            cancel_project(project, reason="再来一次", by=person("officer"))
    finally:
        project_cancelled.disconnect(listen)
    stored = Project.objects.get(pk=project.pk)
    assert heard == [(project.pk, "cancelled", "社区 停电", "officer")]
    assert (stored.state, stored.cancelled_reason, stored.cancelled_at is None) == ("cancelled", "社区 停电", False)


def test_when_telling_fails_nothing_is_cancelled(tenant_a: Any) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("the mail table is gone")

    project = make_shift().project
    project_cancelled.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            cancel_project(project, reason="停电", by=person("officer"))
    finally:
        project_cancelled.disconnect(fail)
    assert Project.objects.get(pk=project.pk).state == "recruiting"


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_cancelling_needs_a_reason_that_fits(tenant_a: Any, reason: str) -> None:
    project = make_shift().project
    with pytest.raises(DomainError) as refusal:
        cancel_project(project, reason=reason, by=person("officer"))
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("state", ["draft", "in_review", "finished"])
def test_what_is_not_offered_or_is_over_cannot_be_cancelled(tenant_a: Any, state: str) -> None:
    project = in_state(state)
    make_shift(project, starts_at=timezone.now() - HOUR * 9)
    with pytest.raises(ImpossibleMove):
        cancel_project(project, reason="停电", by=person("officer"))


def test_one_shift_is_cancelled_and_the_rest_goes_on(tenant_a: Any) -> None:
    heard: list[Any] = []

    def listen(shift: Shift, reason: str, **_: Any) -> None:
        heard.append((shift.pk, reason))

    project = make_project()
    off, on = make_shift(project), make_shift(project, starts_at=timezone.now() + HOUR * 99)
    shift_cancelled.connect(listen)
    try:
        cancel_shift(off, reason="停电", by=person("officer"))
        with pytest.raises(ImpossibleMove):
            cancel_shift(off, reason="停电", by=person("officer"))
    finally:
        shift_cancelled.disconnect(listen)
    assert heard == [(off.pk, "停电")]
    assert [Shift.objects.get(pk=shift.pk).is_cancelled for shift in (off, on)] == [True, False]


def test_a_shift_that_has_begun_cannot_be_cancelled(tenant_a: Any) -> None:
    with pytest.raises(ImpossibleMove):
        cancel_shift(make_shift(starts_at=timezone.now() - HOUR), reason="停电", by=person("officer"))


def test_a_copy_is_a_draft_whose_shifts_lie_whole_weeks_ahead(tenant_a: Any) -> None:
    project = make_project(title="手机课堂")
    start = timezone.now() - timedelta(days=16)
    make_shift(project, starts_at=start, places=6, taken=5, waiting=1, note="会说天津话")
    make_shift(project, starts_at=start + timedelta(days=1), cancelled_at=timezone.now())
    copy = Project.objects.get(pk=copy_project(project, by=person("community_worker")).pk)
    assert (copy.title, copy.live, copy.state, copy.first_published_at) == ("手机课堂", False, "draft", None)
    assert copy.number != project.number
    assert [(s.starts_at, s.places, s.taken, s.waiting, s.note) for s in copy.shifts.all()] == [
        (start + timedelta(days=21), 6, 0, 0, "会说天津话")
    ]


def test_shifts_that_cannot_be_are_named_with_field_and_reason(tenant_a: Any) -> None:
    now = timezone.now()
    stored = make_shift(starts_at=now + HOUR * 50, places=4)
    begun = make_shift(stored.project, starts_at=now - HOUR)
    Shift.objects.filter(pk=stored.pk).update(taken=3)
    before = {shift.pk: shift for shift in Shift.objects.all()}
    stored.places = 2
    begun.starts_at += timedelta(minutes=5)
    past, over, long = _shifts(now, (-5, 4, 0, False), (51, 4, 0, False), (90, 4, 0, False))
    long.ends_at += timedelta(days=2)
    found = {
        (shift.pk or id(shift), field)
        for shift, field, _ in faults([stored, begun, past, over, long], before=before, now=now)
    }
    assert found == {
        (stored.pk, "places"), (begun.pk, "starts_at"), (id(past), "starts_at"), (id(over), "starts_at"),
        (id(long), "ends_at"),
    }  # fmt: skip


def test_a_shift_that_people_chose_cannot_be_removed_and_the_message_names_it(tenant_a: Any) -> None:
    free, chosen = make_shift(), make_shift(taken=1)
    assert removal_fault(free) == ""
    assert str(chosen) in removal_fault(chosen)
