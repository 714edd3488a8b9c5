"""What the tables refuse, and what saving leaves alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.projects.models import Project, Shift
from tests.factories.projects import make_project, make_shift


def test_a_project_takes_a_number_that_names_place_and_year(tenant_a: Any) -> None:
    first, second = make_project(), make_project()
    year = timezone.localtime().year
    assert first.number == f"120101-{year}-{first.pk:04d}"
    assert second.pk == first.pk + 1


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("shift_ends_after_start", {"ends_at": timezone.now() - timedelta(days=9)}),
        ("shift_places", {"places": 0, "taken": 0}),
        ("shift_taken", {"places": 2, "taken": 3}),
        ("shift_waiting", {"waiting": -1}),
    ],
)
def test_the_database_refuses_an_impossible_shift(tenant_a: Any, constraint: str, values: dict[str, Any]) -> None:
    shift = make_shift()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(**values)


def test_a_number_is_given_once(tenant_a: Any) -> None:
    first, second = make_project(), make_project()
    with pytest.raises(IntegrityError, match="number"), transaction.atomic():
        Project.objects.filter(pk=second.pk).update(number=first.number)


def test_saving_a_stale_shift_leaves_its_counters_alone(tenant_a: Any) -> None:
    stale = make_shift(places=4)
    Shift.objects.filter(pk=stale.pk).update(taken=3, waiting=1)
    stale.places = 6
    stale.save()
    stale.refresh_from_db()
    assert (stale.places, stale.taken, stale.waiting) == (6, 3, 1)


def test_saving_a_stale_project_leaves_its_state_alone(tenant_a: Any) -> None:
    stale = make_project()
    Project.objects.filter(pk=stale.pk).update(state="cancelled", cancelled_reason="下雨")
    stale.title = "改了名"
    stale.save()
    stale.refresh_from_db()
    assert (stale.title, stale.state, stale.cancelled_reason) == ("改了名", "cancelled", "下雨")
