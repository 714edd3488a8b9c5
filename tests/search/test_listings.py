"""Writing listings: in the transaction of the change, once, in order, and only what has changed."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation
from django_tenants.utils import schema_context, tenant_context

from portal.home.models import ArticleIndexPage, ArticlePage
from portal.organisations.models import Organisation
from portal.projects.models import Project, Shift
from search import listings
from tests.factories.directory import make_entry
from tests.factories.projects import make_organiser, make_project, make_shift
from tests.search.listed import listed, only, titles
from tests.waiting import HANGS, ended, until_it_waits


class Broken(Exception):
    pass


def test_a_change_that_is_rolled_back_leaves_the_listing_as_it_was(committed_a: Any) -> None:
    project = make_project()
    before = only("project").version

    def change() -> None:
        with transaction.atomic():
            project.title = "从来没有过的名称"
            project.save()
            make_project(title="也没有过")
            raise Broken

    with pytest.raises(Broken):
        change()
    assert (titles("project"), only("project").version) == (["陪独居老人坐坐"], before)


def test_a_save_outside_a_transaction_is_one_with_its_listing(committed_a: Any, monkeypatch: Any) -> None:
    project = make_project()

    def broken(*args: Any) -> None:
        raise Broken

    monkeypatch.setattr("search.listings.rows.put", broken)
    project.title = "写不进搜索的名称"
    with pytest.raises(Broken):
        project.save()
    assert Project.objects.get().title == "陪独居老人坐坐"


def test_what_has_not_changed_is_not_written_again(tenant_a: Any) -> None:
    project = make_project()
    before = only("project")
    project.save()
    listings.write("project", [project.pk])
    assert (only("project").version, only("project").changed_at) == (before.version, before.changed_at)


def test_each_change_has_a_higher_version_than_the_one_before(tenant_a: Any) -> None:
    project, versions = make_project(), []
    for title in ("一", "二", "三"):
        project.title = title
        project.save()
        versions.append(only("project").version)
    assert versions == sorted(set(versions))


def test_collecting_writes_each_thing_once_at_its_end(tenant_a: Any) -> None:
    project = make_project()
    before = only("project").version
    with listings.collecting():
        for title in ("一", "二", "三"):
            project.title = title
            project.save()
        assert only("project").version == before
    assert (only("project").version, only("project").title) == (before + 1, "三")


def test_what_failed_while_collecting_is_written_nowhere(committed_a: Any) -> None:
    def change() -> None:
        with listings.collecting():
            make_project()
            raise Broken

    with pytest.raises(Broken):
        change()
    assert (listed("project"), Project.objects.count()) == ([], 0)


def test_collecting_in_one_site_does_not_hold_back_another(tenant_a: Any, tenant_b: Any) -> None:
    with listings.collecting():
        with tenant_context(tenant_b):
            make_project(title="邕江边散步")
        assert titles("project", tenant_b) == ["邕江边散步"]
    assert titles("project", tenant_a) == []


def test_a_listing_belongs_to_the_site_in_which_it_was_saved(tenant_a: Any, tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        make_project(title="邕江边散步")
    with schema_context(tenant_a.schema_name):  # without the tenant itself at hand
        make_entry(name="海河边的养老院")
    assert (titles("project", tenant_a), titles("project", tenant_b)) == ([], ["邕江边散步"])
    assert (titles("entry", tenant_a), titles("entry", tenant_b)) == (["海河边的养老院"], [])


def test_it_says_the_same_whatever_language_the_officer_reads(tenant_a: Any) -> None:
    project = make_project()
    before = only("project")
    with translation.override("en"):
        project.save()
    assert (only("project").shown, only("project").version) == (before.shown, before.version)


def test_changes_without_a_signal_are_told(tenant_a: Any) -> None:
    shift = make_shift(places=1)
    Shift.objects.filter(pk=shift.pk).update(taken=1)
    assert only("project").status == "recruiting"
    listings.changed(shift)
    assert only("project").status == "full"


def test_a_text_longer_than_its_column_is_cut_and_a_save_never_fails_for_it(tenant_a: Any) -> None:
    news = ArticleIndexPage.objects.get()
    news.add_child(instance=ArticlePage(title="长" * 255, slug="s" * 255, source="远" * 60, summary="一"))
    assert (len(only("article").title), only("article").url) == (250, f"/news/{'s' * 255}/")


def test_the_next_moment_of_a_listing_is_its_end_at_the_latest(tenant_a: Any) -> None:
    ends = timezone.now() + timezone.timedelta(days=1)
    project = make_project(expire_at=ends)
    make_shift(project)
    assert (only("project").visible_until, only("project").stale_at) == (ends, ends)


def test_the_clock_writes_what_has_become_another_and_nothing_else(tenant_a: Any) -> None:
    first, second = make_project(title="今天"), make_project(title="以后")
    begins = make_shift(first).starts_at
    make_shift(second, starts_at=begins + timezone.timedelta(days=1))
    versions = {row.title: row.version for row in listed("project")}
    Shift.objects.filter(project=first).update(cancelled_at=timezone.now())
    listings.write_stale(begins)
    now = {row.title: row for row in listed("project")}
    assert (now["今天"].starts_at, now["以后"].version) == (None, versions["以后"])


def _in_thread(tenant: Any, work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        connection.set_tenant(tenant)
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_of_two_writers_of_one_thing_the_later_one_sees_both_changes(committed_a: Any) -> None:
    """The first holds its transaction open while the second saves: the listing ends with both."""
    project = make_project()
    written, saved = threading.Event(), threading.Event()

    def second() -> None:
        written.wait(HANGS)
        # A row of its own, so that nothing but the listing makes the two wait for each other.
        make_shift(project, places=1)
        saved.set()

    thread = _in_thread(committed_a, second)
    with transaction.atomic():
        project.title = "新名称"
        project.save()
        written.set()
        until_it_waits(thread)
        assert not saved.is_set()
        assert only("project").starts_at is None
    ended(thread)
    assert (only("project").title, only("project").starts_at is None) == ("新名称", False)


def test_a_new_project_is_not_missed_while_its_organiser_is_renamed(committed_a: Any) -> None:
    """The project is saved, not committed, when the new name looks for the projects that carry it."""
    organiser = make_organiser()
    held, renaming = threading.Event(), threading.Event()

    def rename() -> None:
        held.wait(HANGS)
        body = Organisation.objects.get(pk=organiser.pk)
        body.name = "改名后的互助队"
        renaming.set()
        body.save()

    thread = _in_thread(committed_a, rename)
    with transaction.atomic():
        make_project(organiser=organiser)
        held.set()
        renaming.wait(HANGS)
        until_it_waits(thread)
    ended(thread)
    assert only("project").organiser == "改名后的互助队"


def test_two_renamings_and_twenty_saves_at_once_end_as_the_database_says(committed_a: Any) -> None:
    organiser = make_organiser()
    projects = [make_project(organiser=organiser, title=f"第{number}个") for number in range(6)]
    failures: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as failure:
                failures.append(failure)

        return run

    def rename(name: str) -> None:
        for number in range(5):
            body = Organisation.objects.get(pk=organiser.pk)
            body.name = f"{name}{number}"
            body.save()

    def save(mine: list[Project]) -> None:
        for number in range(5):
            for project in mine:
                fresh = Project.objects.get(pk=project.pk)
                fresh.summary = f"第{number}版。"
                fresh.save()

    work = [lambda: rename("甲队"), lambda: rename("乙队"), lambda: save(projects[:3]), lambda: save(projects[3:])]
    threads = [_in_thread(committed_a, guarded(each)) for each in work]
    ended(*threads)
    assert failures == []
    name = Organisation.objects.get(pk=organiser.pk).name
    assert {(row.organiser, row.summary) for row in listed("project")} == {(name, "第4版。")}
