"""When a project or a shift is called off, everyone who made time learns why."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from portal.notices.models import Notice
from portal.projects.domain import cancel_project, cancel_shift
from portal.projects.enums import ProjectState
from portal.projects.models import Shift
from portal.volunteers.domain.sign_up import sign_up
from portal.volunteers.enums import SignUpState
from portal.volunteers.models import SignUp
from tests.cast import person
from tests.factories.projects import make_project, make_shift
from tests.factories.volunteers import make_sign_up, make_volunteer


def counters(shift: Shift) -> tuple[int, int]:
    shift.refresh_from_db()
    return shift.taken, shift.waiting


def test_a_cancelled_project_ends_every_sign_up_and_tells_everyone_why(tenant_a: Any) -> None:
    project = make_project(in_charge=person("community_worker"))
    shift, other = make_shift(project, places=1), make_shift(project, starts_at=timezone.now() + timedelta(days=9))
    people = [make_volunteer() for _ in range(3)]
    for volunteer in people:
        sign_up(shift, volunteer)
    sign_up(other, people[0])
    Notice.objects.all().delete()

    cancel_project(project, reason="台风", by=person("officer"))

    assert set(SignUp.objects.values_list("state", "position", "note")) == {(SignUpState.CANCELLED, None, "台风")}
    assert (counters(shift), counters(other)) == ((0, 0), (0, 0))
    told = Notice.objects.filter(kind="cancelled").order_by("pk")
    assert [notice.user for notice in told] == [
        people[0].user, people[1].user, people[2].user, people[0].user, person("community_worker"),
    ]  # fmt: skip
    assert all("台风" in notice.body for notice in told)


def test_what_was_served_before_a_cancellation_stays(tenant_a: Any) -> None:
    project = make_project()
    past = make_shift(project, starts_at=timezone.now() - timedelta(days=2))
    done = make_sign_up(past)
    make_shift(project)
    cancel_project(project, reason="台风", by=person("officer"))
    done.refresh_from_db()
    assert (done.state, counters(past)) == (SignUpState.CONFIRMED, (1, 0))


def test_a_cancelled_shift_leaves_the_others_alone(tenant_a: Any) -> None:
    project = make_project()
    shift, other = make_shift(project), make_shift(project, starts_at=timezone.now() + timedelta(days=9))
    volunteer = make_volunteer()
    sign_up(shift, volunteer)
    sign_up(other, volunteer)
    cancel_shift(shift, reason="停电", by=person("officer"))
    assert list(SignUp.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "confirmed"]


def test_nothing_is_cancelled_when_telling_fails(tenant_a: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shift = make_shift()
    sign_up(shift, make_volunteer())

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no power")

    monkeypatch.setattr("portal.volunteers.domain.telling.notify", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        cancel_project(shift.project, reason="台风", by=person("officer"))
    shift.project.refresh_from_db()
    assert (shift.project.state, counters(shift)) == (ProjectState.RECRUITING, (1, 0))
