"""What search knows of a project, and what changes it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.core.models import Brand, Division
from portal.projects.domain import cancel_project, cancel_shift, publish_project
from portal.projects.models import Project, Shift
from tests.cast import person
from tests.factories.projects import make_brand, make_organiser, make_project, make_shift
from tests.search.listed import listed, only, titles


def test_a_project_says_what_its_page_says(tenant_a: Any) -> None:
    starts = (timezone.localtime() + timedelta(days=2)).replace(hour=14, minute=0, second=0, microsecond=0)
    project = make_project(brand=make_brand(), contact_phone="022-55550113", address="示例路3号", skills="会说天津话")
    make_shift(project, starts_at=starts)
    listing = only("project")
    assert (listing.url, listing.title, listing.number) == (project.get_absolute_url(), project.title, project.number)
    assert listing.body == "在社区服务站签到。\n坐下聊天。\n示例路3号\n示例邻里互助队"
    assert (listing.organiser, listing.brand) == ("示例邻里互助队", "寸草心")
    assert listing.place == f"{project.division.name}·甲社区服务站"
    assert (listing.services, listing.recipients) == (["home_visit"], ["living_alone"])
    assert listing.participation == ["individual"]
    assert (listing.status, listing.starts_at) == ("recruiting", starts)
    assert listing.ends_at == listing.starts_at + timedelta(hours=2)
    assert (listing.stale_at, listing.visible_until) == (starts, None)
    assert listing.places == ["12", "1201", "120101", project.division.code]
    assert listing.shown["beside"] == [project.division.name, "示例邻里互助队"]
    assert listing.shown["facts"][0].endswith("14:00—16:00")


def test_it_is_found_by_what_its_choices_are_called(tenant_a: Any) -> None:
    make_project(contact_phone="022-55550113", step_free=True)
    for word in ("探访", "独居", "轮椅", "+02255550113", "和平区"):
        assert f"'{word}'" in only("project").vector, word


def test_drafts_are_not_listed_and_an_unpublished_one_goes(tenant_a: Any) -> None:
    make_project(live=False, state="draft")
    assert listed("project") == []
    project = make_project(title="第二个")
    assert titles("project") == ["第二个"]
    project.unpublish()
    assert listed("project") == []


def test_a_draft_of_a_published_one_changes_nothing(tenant_a: Any) -> None:
    project = make_project()
    make_shift(project)
    before = only("project").version
    project.title = "还没有审核的名称"
    project.save_revision(user=person("officer"))
    assert (titles("project"), only("project").version) == (["陪独居老人坐坐"], before)
    publish_project(Project.objects.get(pk=project.pk), by=person("officer"))
    assert titles("project") == ["还没有审核的名称"]


def test_publishing_a_project_with_ten_shifts_writes_it_once(tenant_a: Any) -> None:
    project = make_project()
    for day in range(1, 11):
        make_shift(project, starts_at=timezone.now() + timedelta(days=day))
    before = only("project").version
    project = Project.objects.get(pk=project.pk)
    project.summary = "另一段简介。"
    project.save_revision(user=person("officer"))
    publish_project(Project.objects.get(pk=project.pk), by=person("officer"))
    assert (only("project").version, only("project").summary) == (before + 1, "另一段简介。")


def test_cancelled_ones_stay_and_say_so(tenant_a: Any) -> None:
    project = make_project()
    first, second = make_shift(project), make_shift(project, starts_at=timezone.now() + timedelta(days=9))
    cancel_shift(first, reason="停电", by=person("officer"))
    assert only("project").starts_at == second.starts_at
    cancel_project(project, reason="停电", by=person("officer"))
    listing = only("project")
    assert (listing.status, listing.starts_at, listing.stale_at) == ("cancelled", None, None)
    assert listing.shown["facts"][0] == "已取消"


def test_a_shift_added_moved_and_deleted_is_seen(tenant_a: Any) -> None:
    project = make_project()
    assert only("project").starts_at is None
    shift = make_shift(project)
    assert only("project").starts_at == shift.starts_at
    shift.starts_at += timedelta(hours=1)
    shift.save()
    assert only("project").starts_at == shift.starts_at
    shift.delete()
    assert only("project").starts_at is None


def test_new_names_of_organiser_brand_and_place_are_seen(tenant_a: Any) -> None:
    brand, organiser = make_brand(slug="without-a-page"), make_organiser()
    project = make_project(brand=brand, organiser=organiser)
    organiser.name = "改名后的互助队"
    organiser.save()
    assert only("project").organiser == "改名后的互助队"
    brand.name = "手足情"
    brand.save()
    assert only("project").brand == "手足情"
    Brand.objects.get(pk=brand.pk).delete()
    assert only("project").brand == ""
    district = Division.objects.get(code="120101")
    district.name = "改名后的区"
    district.save()
    place = project.division
    place.name = "改名后的街道"
    place.save()
    assert only("project").place == "改名后的街道·甲社区服务站"
    assert "'名后'" in only("project").vector


def test_a_deleted_project_is_gone(tenant_a: Any) -> None:
    project = make_project()
    make_shift(project)
    project.delete()
    assert listed("project") == []


def test_states_that_follow_the_clock_say_when_they_change(tenant_a: Any) -> None:
    now = timezone.now()
    project = make_project()
    begun = make_shift(project, starts_at=now - timedelta(hours=1))
    listing = only("project")
    assert (listing.status, listing.starts_at, listing.stale_at) == ("running", None, begun.ends_at)
    Shift.objects.filter(pk=begun.pk).update(taken=0)
    ahead = make_shift(project, starts_at=now + timedelta(minutes=30))
    listing = only("project")
    assert (listing.status, listing.starts_at, listing.stale_at) == ("recruiting", ahead.starts_at, ahead.starts_at)
