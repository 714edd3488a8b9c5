"""Listings that differ from what is public are found, reported and repaired."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context

from portal.projects.models import Project
from search import clock, drift
from search.models import Comparison, Listing
from tests.factories.directory import make_entry
from tests.factories.projects import make_project
from tests.search.listed import listed, titles


@pytest.fixture
def drifted(tenant_a: Any) -> list[Project]:
    """One listing each is missing, too many and outdated."""
    drift.write_all()
    kept, missing, outdated = (make_project(title=title) for title in ("不变", "缺少", "过时"))
    Listing.objects.filter(source=str(missing.pk), kind="project").delete()
    Project.objects.filter(pk=outdated.pk).update(title="改过了")
    gone = make_entry(name="多出")
    type(gone).objects.filter(pk=gone.pk).update(live=False)
    return [kept, missing, outdated]


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("listings", *arguments, stdout=out)
    return out.getvalue()


def test_each_way_to_differ_is_told_apart(drifted: list[Project]) -> None:
    _kept, missing, outdated = drifted
    found = drift.compare("project")
    assert (found.missing, found.outdated) == ({(str(missing.pk), "")}, {(str(outdated.pk), "")})
    assert (found.extra, drift.compare("entry").listed) == (frozenset(), 1)
    assert len(drift.compare("entry").extra) == 1


def test_the_nightly_task_keeps_what_it_found_and_repairs_nothing(drifted: list[Project]) -> None:
    kept = drift.report()
    assert (kept.missing, kept.extra, kept.outdated) == (1, 1, 1)
    assert sorted(kept.examples.split("\n"))[0].startswith("entry ")
    assert titles("project") == ["不变", "过时"]
    drift.write_all()
    again = drift.report()
    assert (again.missing, again.extra, again.outdated, Comparison.objects.count()) == (0, 0, 0, 1)


def test_writing_everything_repairs_and_leaves_alone_what_is_right(drifted: list[Project]) -> None:
    before = {row.title: row.version for row in listed("project")}
    drift.write_all()
    after = {row.title: row.version for row in listed("project")}
    assert sorted(after) == ["不变", "改过了", "缺少"]
    assert after["不变"] == before["不变"]
    assert listed("entry") == []
    assert drift.write_all() == 0


def test_a_listing_whose_time_has_just_come_is_the_clocks_and_no_drift(tenant_a: Any) -> None:
    project = make_project()
    Listing.objects.filter(kind="project").update(stale_at=timezone.now() - dt.timedelta(minutes=1), fingerprint="x")
    assert not drift.compare("project")
    Listing.objects.filter(kind="project").update(stale_at=timezone.now() - dt.timedelta(hours=1))
    assert drift.compare("project").sources == [str(project.pk)]


def test_listings_of_a_kind_that_nobody_declares_any_more_are_removed(tenant_a: Any) -> None:
    make_project()
    Listing.objects.filter(kind="project").update(kind="forgotten")
    drift.write_all()
    assert (listed("forgotten"), len(listed("project"))) == ([], 1)


def test_the_command_compares_one_site_and_fails_where_it_differs(drifted: list[Project], tenant_a: Any) -> None:
    with pytest.raises(CommandError, match="3 listings differ") as failure:
        said("--tenant", tenant_a.host)
    assert failure.value.returncode == 1
    told = said("--tenant", tenant_a.host, "--repair")
    assert "project: 1 missing, 0 extra, 1 outdated" in told
    assert "  1/1  天津市和平区" in told
    assert "3 repaired" in told
    assert "in order" in said("--tenant", tenant_a.host)


def test_the_command_goes_through_all_sites(drifted: list[Project], tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        make_project(title="邕江")
        Listing.objects.all().delete()
    told = said("--all", "--repair")
    assert "2/2" in told
    assert titles("project", tenant_b) == ["邕江"]


def test_the_command_names_a_host_that_it_does_not_know(tenant_a: Any) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        said("--tenant", "nowhere")


@pytest.mark.parametrize(
    ("last", "hour", "queued"),
    [(None, 15, 1), (24, 15, 0), (24, 3, 1), (3, 3, 0), (37, 15, 1)],
    ids=["never", "by day", "at night", "this night", "a night fell out"],
)
def test_each_site_is_compared_once_a_night(tenant_a: Any, last: int | None, hour: int, queued: int) -> None:
    now = timezone.localtime().replace(hour=hour, minute=20)
    if last is not None:
        drift.report()
        Comparison.objects.update(compared_at=now - dt.timedelta(hours=last))
    DBTaskResult.objects.all().delete()
    clock.compare_at_night(now)
    assert DBTaskResult.objects.filter(task_path="search.tasks.compare_everything").count() == queued


def test_operators_see_last_night(tenant_a: Any, drifted: list[Project], platform_client: Any) -> None:
    from django.db import connection

    from portal.accounts.models import User

    drift.report()
    connection.set_schema_to_public()
    operator = User.objects.create_superuser("operator", "operator@example.org", "Chrysanthemum-9")
    platform_client.force_login(operator, backend="portal.accounts.backends.NameOrMobileBackend")
    page = platform_client.get("/operators/search/comparison/")
    assert page.status_code == 200
    assert "天津市和平区" in page.text
