"""Editors publish and restore versions; what sign-ups and verbs wrote meanwhile stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.core.models import Brand, Division
from portal.projects.domain import publish_project
from portal.projects.domain.publication import InUse
from portal.projects.models import Project, Shift
from portal.projects.signals import project_published, shift_moved, shift_places_changed
from tests.cast import person
from tests.factories.projects import make_project, make_shift
from tests.factories.volunteers import make_sign_up


def sign_up(shift: Shift, taken: int, waiting: int = 0) -> None:
    """So many people, past the object in memory."""
    for _ in range(taken):
        make_sign_up(Shift.objects.get(pk=shift.pk))
    for position in range(1, waiting + 1):
        make_sign_up(Shift.objects.get(pk=shift.pk), state="waiting", position=position)


def counters(project: Project) -> list[tuple[int, int, int]]:
    return list(Shift.objects.filter(project=project).values_list("places", "taken", "waiting"))


@pytest.fixture
def published(tenant_a: Any) -> Project:
    """One shift of four places, published by its officer from a draft."""
    project = make_project(live=False, state="draft", first_published_at=None)
    make_shift(project)
    project = Project.objects.get(pk=project.pk)
    project.save_revision(user=person("officer")).publish(user=person("officer"))
    return Project.objects.get(pk=project.pk)


def edited(project: Project, **changes: Any) -> Any:
    """A draft of `project`, as the form makes it."""
    draft = Project.objects.get(pk=project.pk).get_latest_revision_as_object()
    places = changes.pop("places", None)
    for name, value in changes.items():
        setattr(draft, name, value)
    shifts = list(draft.shifts.all())
    if places:
        shifts[0].places = places
    draft.shifts = shifts
    return draft.save_revision(user=person("officer"))


def test_publishing_opens_a_draft_to_the_public(published: Project) -> None:
    assert (published.live, published.state) == (True, "recruiting")
    assert published.first_published_at is not None


def test_signing_up_between_draft_and_publication_is_not_lost(published: Project) -> None:
    revision = edited(published, title="换了名字")
    sign_up(published.shifts.get(), 3, 1)
    revision.publish(user=person("officer"))
    assert (Project.objects.get(pk=published.pk).title, counters(published)) == ("换了名字", [(4, 3, 1)])


def test_restoring_an_old_version_keeps_counters_places_and_cancellation(published: Project) -> None:
    old = published.latest_revision
    edited(published, places=10).publish(user=person("officer"))
    sign_up(published.shifts.get(), 8)
    old.refresh_from_db()
    old.publish(user=person("officer"))
    assert counters(published) == [(8, 8, 0)]


def test_a_version_without_a_shift_that_people_chose_meanwhile_keeps_it(published: Project) -> None:
    draft = Project.objects.get(pk=published.pk).get_latest_revision_as_object()
    later = timezone.now() + timedelta(days=9)
    draft.shifts = [Shift(starts_at=later, ends_at=later + timedelta(hours=1), places=2)]
    revision = draft.save_revision(user=person("officer"))
    sign_up(published.shifts.get(), 1)
    revision.publish(user=person("officer"))
    assert sorted(counters(published)) == [(2, 0, 0), (4, 1, 0)]


def test_a_version_without_an_unused_shift_deletes_it(published: Project) -> None:
    draft = Project.objects.get(pk=published.pk).get_latest_revision_as_object()
    draft.shifts = []
    draft.save_revision(user=person("officer")).publish(user=person("officer"))
    assert counters(published) == []


def test_a_version_that_brings_back_a_deleted_shift_starts_it_empty(published: Project) -> None:
    Shift.objects.filter(project=published).update(taken=2)
    old = edited(published)
    Shift.objects.filter(project=published).delete()
    old.refresh_from_db()
    old.publish(user=person("officer"))
    assert counters(published) == [(4, 0, 0)]


def test_a_cancelled_project_stays_cancelled_when_an_old_version_is_published(published: Project) -> None:
    revision = edited(published, title="换了名字")
    Project.objects.filter(pk=published.pk).update(state="cancelled", cancelled_reason="停电")
    revision.publish(user=person("officer"))
    stored = Project.objects.get(pk=published.pk)
    assert (stored.title, stored.state, stored.cancelled_reason) == ("换了名字", "cancelled", "停电")


def test_a_version_that_names_what_is_gone_keeps_what_stands_now(published: Project) -> None:
    gone = Division.objects.create(code="120101001901", name="示例社区", level="community")
    brand = Brand.objects.create(slug="gone", name="旧品牌")
    revision = edited(published, division=gone, brand=brand)
    gone.delete()
    brand.delete()
    revision.refresh_from_db()
    revision.publish(user=person("officer"))
    stored = Project.objects.get(pk=published.pk)
    assert (stored.division, stored.brand) == (published.division, None)


def test_more_places_and_another_time_are_told_in_the_same_transaction(published: Project) -> None:
    heard: list[Any] = []

    def on_places(shift: Shift, places: int, **_: Any) -> None:
        heard.append(("places", places, shift.places))

    def on_move(shift: Shift, starts_at: Any, **_: Any) -> None:
        heard.append(("moved", shift.starts_at - starts_at))

    def on_publish(project: Project, by: Any, **_: Any) -> None:
        heard.append(("published", project.pk, by.username))

    shift_places_changed.connect(on_places)
    shift_moved.connect(on_move)
    project_published.connect(on_publish)
    try:
        draft = Project.objects.get(pk=published.pk).get_latest_revision_as_object()
        shift = draft.shifts.all()[0]
        shift.places = 6
        shift.starts_at += timedelta(minutes=30)
        draft.shifts = [shift]
        draft.save_revision().publish(user=person("officer"))
    finally:
        shift_places_changed.disconnect(on_places)
        shift_moved.disconnect(on_move)
        project_published.disconnect(on_publish)
    assert heard == [("moved", timedelta(minutes=30)), ("places", 4, 6), ("published", published.pk, "officer")]


def test_a_project_that_people_count_on_cannot_be_hidden(published: Project) -> None:
    sign_up(published.shifts.get(), 1)
    with pytest.raises(InUse) as refusal:
        published.unpublish()
    assert refusal.value.field == "live"
    assert Project.objects.get(pk=published.pk).live


def test_a_project_without_sign_ups_goes_back_to_draft(published: Project) -> None:
    published.unpublish()
    stored = Project.objects.get(pk=published.pk)
    assert (stored.live, stored.state) == (False, "draft")


def test_the_verb_publishes_the_latest_draft(published: Project) -> None:
    edited(published, title="换了名字")
    assert publish_project(Project.objects.get(pk=published.pk), by=person("officer")).title == "换了名字"
